import type { ClaimWords } from "./words";

export const allergy = {
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
} as const satisfies ClaimWords;
