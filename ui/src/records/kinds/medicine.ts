import { plainWords } from "../../i18n/measured";
import { doseLine } from "../dose-line";
import { kind, lines } from "../kind";

export const medicine = kind("medicine", {
  many: "medicines",
  tab: true,
  form: [
    { name: "name", as: "text", required: true },
    { name: "despite", as: "text", asked: true },
    { name: "brand", as: "text" },
    { name: "strength", as: "text", beside: true },
    { name: "form", as: "text" },
    { name: "dose", as: "text", beside: true },
    { name: "route", as: "text" },
    { name: "frequency", as: "text", beside: true },
    { name: "as_needed", as: "flag" },
    { name: "reason", as: "text" },
    { name: "since", as: "date" },
    { name: "until", as: "day", beside: true },
    { name: "status", as: "choice", words: ["active", "completed", "stopped"], later: true },
    { name: "stopped", as: "text", later: true },
  ],
  line: (details, { t, date, word }) => {
    const { since, until, stopped, reason, despite, status } = details;
    const over = status && status !== "active" ? status : null;
    return {
      title: doseLine(details, { dose: t("patients.dose_word"), asNeeded: t("patients.as_needed") }),
      small: [
        reason && plainWords(reason),
        despite && t("patients.despite", { reason: despite }),
        since && t("patients.since", { date: date(since) }),
        until && t("patients.until", { date: date(until) }),
        stopped,
        ...lines(details.remarks),
      ],
      tag: over ? { kind: "plain", text: word("status", over) } : undefined,
    };
  },
});
