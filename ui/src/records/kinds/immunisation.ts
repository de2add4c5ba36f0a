import { lines, type ClaimWords, type KindOf } from "../kind";

export const words = {
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
  line: {
    not_given: "Not given: {{what}}",
    subpotent: "Too weak to count",
    dose: "dose {{dose}}",
    lot: "lot {{lot}}",
    next_due: "next due {{date}}",
  },
} as const satisfies ClaimWords;

export const kind: KindOf<"immunisation"> = {
  many: "immunisations",
  tab: true,
  most: 3,
  form: [
    { name: "vaccine", as: "text", required: true, coded: true },
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
      title: status === "not-done" ? t("record.immunisation.line.not_given", { what: called }) : called,
      small: [
        status === "subpotent" && t("record.immunisation.line.subpotent"),
        dose && t("record.immunisation.line.dose", { dose }),
        lot && t("record.immunisation.line.lot", { lot }),
        next_due && t("record.immunisation.line.next_due", { date: date(next_due) }),
        ...lines(remarks),
      ],
    };
  },
  card: (line, { details: { at, given } }, { date, day }) => {
    const on = at ? day(at) : given;
    return on ? { ...line, small: [date(on), ...line.small] } : line;
  },
};
