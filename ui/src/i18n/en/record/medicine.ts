import type { ClaimWords } from "./words";

export const medicine = {
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
} as const satisfies ClaimWords;
