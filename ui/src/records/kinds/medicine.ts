import { plainWords } from "../../i18n/measured";
import { doseLine } from "../dose-line";
import { lines, type ClaimWords, type KindOf } from "../kind";

export const words = {
  one: "Medicine",
  many: "Medicines",
  none: "No medicine on the list.",
  add: "Add a medicine",
  withdraw: "Withdraw the medicine",
  mark: "Rx",
  done: {
    add: "Recorded a medicine",
    edit: "Changed a medicine",
    void: "Withdrew a medicine",
    one: "Opened a medicine",
    many: "Listed medicines",
  },
  field: {
    name: "Generic name",
    brand: "Brand",
    strength: "Strength, with its unit",
    form: "Form",
    dose: "Dose: amount and unit",
    route: "Route",
    frequency: "How often",
    as_needed: "Only as needed",
    reason: "Reason",
    despite: "Reason despite an allergy",
    since: "Since",
    until: "Until",
    status: "Taken",
    stopped: "Why it was stopped",
  },
  word: { status: { active: "Now", completed: "Completed", stopped: "Stopped" } },
  line: {
    dose: "DOSE",
    as_needed: "as needed",
    despite: "despite an allergy: {{reason}}",
  },
} as const satisfies ClaimWords;

export const kind: KindOf<"medicine"> = {
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
      title: doseLine(details, {
        dose: t("record.medicine.line.dose"),
        asNeeded: t("record.medicine.line.as_needed"),
      }),
      small: [
        reason && plainWords(reason),
        despite && t("record.medicine.line.despite", { reason: despite }),
        since && t("patients.since", { date: date(since) }),
        until && t("patients.until", { date: date(until) }),
        stopped,
        ...lines(details.remarks),
      ],
      tag: over ? { kind: "plain", text: word("status", over) } : undefined,
    };
  },
};
