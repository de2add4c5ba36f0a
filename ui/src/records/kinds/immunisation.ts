import { kind, lines } from "../kind";

export const immunisation = kind("immunisation", {
  many: "immunisations",
  tab: true,
  most: 3,
  form: [
    { name: "vaccine", as: "text", required: true },
    { name: "given", as: "date" },
    { name: "dose", as: "text", beside: true },
    { name: "lot", as: "text" },
    { name: "next_due", as: "day", beside: true },
    { name: "status", as: "choice", words: ["completed", "not-done"] },
    { name: "remarks", as: "area" },
  ],
  line: ({ vaccine, code, dose, lot, next_due, status, remarks }, { t, date }) => {
    const called = vaccine ?? code?.display ?? "";
    return {
      title: status === "not-done" ? t("patients.not_given_what", { what: called }) : called,
      small: [
        status === "subpotent" && t("patients.subpotent"),
        dose && t("patients.dose_number", { dose }),
        lot && t("patients.lot", { lot }),
        next_due && t("patients.next_due", { date: date(next_due) }),
        ...lines(remarks),
      ],
    };
  },
  card: (line, { details: { at, given } }, { date, day }) => {
    const on = at ? day(at) : given;
    return on ? { ...line, small: [date(on), ...line.small] } : line;
  },
});
