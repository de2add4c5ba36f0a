import type { ClaimWords } from "./words";

export const problem = {
  one: "Problem",
  many: "Problems",
  none: "No problem on the list.",
  add: "Add a problem",
  withdraw: "Withdraw the problem",
  mark: "Dx",
  done: {
    add: "Recorded a problem",
    edit: "Changed a problem",
    void: "Withdrew a problem",
    one: "Opened a problem",
    many: "Listed problems",
  },
  field: {
    name: "Problem",
    status: "Status",
    certainty: "Certainty",
    severity: "Severity",
    side: "Side",
    since: "Since",
    until: "Until",
    remarks: "Remarks",
  },
  word: {
    severity: { mild: "Mild", moderate: "Moderate", severe: "Severe" },
    side: { left: "Left", right: "Right", both: "Both" },
    certainty: { confirmed: "Confirmed", suspected: "Suspected", excluded: "Excluded" },
    status: {
      new: "New",
      active: "Active",
      stable: "Stable",
      progressing: "Getting worse",
      improving: "Getting better",
      managed: "Under control",
      resolved: "Resolved",
    },
  },
  said: {
    severity: { mild: "mild", moderate: "moderate", severe: "severe" },
    side: { left: "left", right: "right", both: "both sides" },
    certainty: { confirmed: "confirmed", suspected: "suspected", excluded: "excluded" },
  },
} as const satisfies ClaimWords;
