import { lines, type ClaimWords, type KindOf } from "../kind";

export const words = {
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

export const kind: KindOf<"enrolment"> = {
  many: "enrolments",
  most: 2,
  form: [
    { name: "school_year", as: "text", required: true },
    { name: "term", as: "text", beside: true },
    { name: "programme", as: "text" },
    { name: "year", as: "text", beside: true },
    { name: "section", as: "text" },
    { name: "campus", as: "text", beside: true },
    { name: "status", as: "choice", words: ["enrolled", "left", "graduated", "on_leave"] },
    { name: "from", as: "day" },
    { name: "until", as: "day", beside: true },
    { name: "remarks", as: "area" },
  ],
  line: (details, { t, date }) => {
    const { school_year, term, programme, year, section, campus, status, until, remarks } = details;
    return {
      title: [school_year, term].filter(Boolean).join(", "),
      small: [
        [programme, year].filter(Boolean).join(" "),
        section,
        campus,
        until && t("patients.until", { date: date(until) }),
        ...lines(remarks),
      ],
      tag: status
        ? {
            kind: status === "enrolled" ? "go" : "plain",
            text: t(`record.enrolment.word.status.${status}`),
          }
        : undefined,
    };
  },
  card: (line) => (line.tag ? { ...line, small: [line.tag.text, ...line.small] } : line),
};
