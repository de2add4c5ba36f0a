import type { ClaimWords } from "./words";

export const immunisation = {
  one: "Immunisation",
  many: "Immunisations",
  none: "No dose on record.",
  add: "Add a dose",
  withdraw: "Withdraw the dose",
  mark: "Im",
  done: {
    add: "Recorded an immunisation",
    edit: "Changed an immunisation",
    void: "Withdrew an immunisation",
    one: "Opened an immunisation",
    many: "Listed immunisations",
  },
  field: {
    vaccine: "Vaccine",
    given: "Given",
    dose: "Dose of the series",
    lot: "Lot",
    next_due: "Next due",
    status: "Was it given",
    remarks: "Remarks",
  },
  word: { status: { completed: "Given", "not-done": "Not given" } },
} as const satisfies ClaimWords;
