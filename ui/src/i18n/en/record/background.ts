import type { ClaimWords } from "./words";

export const background = {
  one: "Background",
  many: "Medical background",
  none: "No background on record.",
  add: "Add to the background",
  withdraw: "Withdraw from the background",
  mark: "Bg",
  done: {
    add: "Recorded a part of the background",
    edit: "Changed a part of the background",
    void: "Withdrew a part of the background",
    one: "Opened a part of the background",
    many: "Listed the background",
  },
  field: {
    sort: "Kind",
    name: "What",
    relative: "Who of the family",
    when: "When",
    until: "Until",
    amount: "How much",
    status: "Status",
    remarks: "Remarks",
  },
  word: {
    sort: {
      illness: "Illness",
      operation: "Operation",
      stay: "Hospital stay",
      childhood: "Childhood disease",
      family: "Family history",
      need: "Special need",
      habit: "Habit",
      pregnancy: "Pregnancy",
    },
    status: { present: "Present", past: "Past", never: "Never" },
  },
  said: {
    sort: {
      illness: "illness",
      operation: "operation",
      stay: "hospital stay",
      childhood: "childhood disease",
      family: "family history",
      need: "special need",
      habit: "habit",
      pregnancy: "pregnancy",
    },
  },
} as const satisfies ClaimWords;
