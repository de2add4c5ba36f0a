import type { ClaimWords } from "./words";

export const enrolment = {
  one: "Enrolment",
  many: "Enrolments",
  none: "No enrolment on record.",
  add: "Add an enrolment",
  withdraw: "Withdraw the enrolment",
  mark: "En",
  done: {
    add: "Recorded an enrolment",
    edit: "Changed an enrolment",
    void: "Withdrew an enrolment",
    one: "Opened an enrolment",
    many: "Listed enrolments",
  },
  field: {
    school_year: "School year",
    term: "Term",
    programme: "Programme",
    year: "Year",
    section: "Section",
    campus: "Campus",
    status: "Status",
    from: "First day",
    until: "Last day",
    remarks: "Remarks",
  },
  word: {
    status: { enrolled: "Enrolled", left: "Left", graduated: "Graduated", on_leave: "On leave" },
  },
} as const satisfies ClaimWords;
