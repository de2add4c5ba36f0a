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
    side: "Which eye",
    frequency: "How often",
    as_needed: "Only as needed",
    reason: "Reason",
    despite: "Reason despite an allergy",
    since: "Since",
    until: "Until",
    status: "Taken",
    stopped: "Why it was stopped",
  },
  word: {
    side: { right: "Right", left: "Left", both: "Both", not_recorded: "Not recorded" },
    status: { active: "Now", completed: "Completed", stopped: "Stopped" },
  },
  said: {
    side: { right: "right eye", left: "left eye", both: "both eyes", not_recorded: "eye not recorded" },
  },
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
    { name: "name", as: "text", required: true, coded: true },
    { name: "despite", as: "text", asked: true },
    { name: "brand", as: "text" },
    { name: "strength", as: "text", beside: true },
    { name: "form", as: "text" },
    { name: "dose", as: "text", beside: true },
    { name: "route", as: "text" },
    { name: "frequency", as: "text", beside: true },
    {
      name: "side",
      as: "choice",
      words: ["right", "left", "both", "not_recorded"],
      when: ({ route, form }) => isOfAnEye(route) || isOfAnEye(form),
    },
    { name: "as_needed", as: "flag" },
    { name: "reason", as: "text" },
    { name: "since", as: "date" },
    { name: "until", as: "day", beside: true },
    { name: "status", as: "choice", words: ["active", "completed", "stopped"], later: true },
    { name: "stopped", as: "text", later: true },
  ],
  line: (details, { t, date, word }) => {
    const { since, until, stopped, reason, despite, status, side } = details;
    const over = status && status !== "active" ? status : null;
    return {
      title: doseLine(details, {
        dose: t("record.medicine.line.dose"),
        asNeeded: t("record.medicine.line.as_needed"),
      }),
      small: [
        side && word("side", side),
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

/** Whether a route or a form is of an eye, as far as the form can tell while it is typed; whoever records it asks again. */
function isOfAnEye(text: string | boolean | undefined): boolean {
  return /\beyes?\b|ophthalm|ocular|vitreal|conjunctiv/i.test(String(text ?? ""));
}
