/** What is added to a signed document. */
export const addenda = {
  withdraw: {
    title: "Withdraw an addition",
    text: "It leaves the chart. The history keeps it with the reason.",
    act: "Withdraw",
  },
} as const;
