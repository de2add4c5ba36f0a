/** What a person, or who decides for them, agreed to. */
export const consent = {
  one: "Consent",
  many: "Consents",
  mark: "Co",
  field: {
    sort: "About",
    text: "Version of the text",
    answer: "Answer",
    by: "Answered by",
    guardian: "Guardian",
    on: "Day",
  },
  word: {
    sort: { privacy: "Privacy notice", minors: "Guardian’s consent" },
    answer: { given: "agreed", refused: "refused" },
    by: { patient: "the patient", guardian: "a guardian" },
  },
} as const;
