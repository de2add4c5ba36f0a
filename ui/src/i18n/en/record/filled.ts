/** A form that was filled in. */
export const filled = {
  one: "Form",
  many: "Forms",
  mark: "Fo",
  field: {
    form: "Form",
    at: "Begun",
    answers: "Answers",
    critical: "Answers",
  },
} as const;
