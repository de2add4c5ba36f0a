import { plainTerm, plainWords } from "../../i18n/measured";
import { lines, recorded, type ClaimWords, type KindOf } from "../kind";

export const words = {
  one: "Allergy",
  many: "Allergies",
  none: "No allergy on the list.",
  add: "Add an allergy",
  withdraw: "Withdraw the allergy",
  mark: "Al",
  done: {
    add: "Recorded an allergy",
    edit: "Changed an allergy",
    void: "Withdrew an allergy",
    one: "Opened an allergy",
    many: "Listed allergies",
  },
  field: {
    substance: "Allergic to",
    despite: "Why it is another allergy",
    reaction: "Reaction",
    severity: "Severity",
    since: "Since",
    remarks: "Remarks",
    resolved: "Over: no longer allergic",
  },
  word: { severity: { mild: "Mild", moderate: "Moderate", severe: "Severe" } },
  said: {
    severity: { mild: "mild", moderate: "moderate", severe: "severe" },
    certainty: { confirmed: "confirmed", suspected: "suspected" },
  },
  line: {
    of: "Allergy: {{substance}}",
    life_threatening: "may be life-threatening",
    resolved: "Resolved",
  },
} as const satisfies ClaimWords;

export const kind: KindOf<"allergy"> = {
  many: "allergies",
  form: [
    { name: "substance", as: "text", required: true, coded: true },
    { name: "despite", as: "text", asked: true },
    { name: "reaction", as: "text" },
    { name: "severity", as: "choice", words: ["mild", "moderate", "severe"] },
    { name: "since", as: "date" },
    { name: "remarks", as: "area" },
    { name: "resolved", as: "flag", later: true },
  ],
  line: (details, say) => {
    const { substance, code, reaction, severity, certainty, criticality, resolved } = details;
    return {
      title: say.t("record.allergy.line.of", { substance: plainWords(substance ?? plainTerm(code)) }),
      small: [
        reaction,
        severity && say.word("severity", severity),
        criticality === "high" && say.t("record.allergy.line.life_threatening"),
        certainty && certainty !== "confirmed" && say.word("certainty", certainty),
        ...recorded(say, details),
        ...lines(details.remarks),
      ],
      tag: resolved ? { kind: "plain", text: say.t("record.allergy.line.resolved") } : undefined,
    };
  },
  // A card that is named "Allergies" need not say so again.
  card: (line, { details }, { t, date }) => {
    const text = plainWords(details.substance ?? details.code?.display ?? "");
    const since = details.since ? [t("patients.since", { date: date(details.since) })] : [];
    return { ...line, title: [{ text, strong: true }], small: [...line.small, ...since] };
  },
};
