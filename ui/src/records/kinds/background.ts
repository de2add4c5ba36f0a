import { plainTerm, plainWords } from "../../i18n/measured";
import { kind, lines, recorded } from "../kind";

export const background = kind("background", {
  many: "backgrounds",
  form: [
    {
      name: "sort",
      as: "list",
      words: ["illness", "operation", "stay", "childhood", "family", "need", "habit", "pregnancy"],
    },
    { name: "name", as: "text", required: true },
    { name: "relative", as: "text" },
    { name: "amount", as: "text", beside: true },
    { name: "when", as: "date" },
    { name: "until", as: "day", beside: true },
    { name: "status", as: "choice", words: ["present", "past", "never"] },
    { name: "remarks", as: "area" },
  ],
  line: (details, say) => {
    const { sort, name, code, relative, when, until, amount, status } = details;
    const { t, date } = say;
    const called = plainWords(name ?? plainTerm(code));
    const so = status === "never" ? t("patients.never_what", { what: called }) : called;
    // What a relative had never stands as if it were the patient's, whatever sort it was put under.
    const theirs = relative ? t("patients.of_relative", { relative, what: so }) : so;
    return {
      title: relative || sort === "family" ? t("patients.in_family", { what: theirs }) : so,
      small: [
        sort && sort !== "family" && say.word("sort", sort),
        amount,
        when && (status === "present" ? t("patients.since", { date: date(when) }) : date(when)),
        until && t("patients.until", { date: date(until) }),
        ...(when ? [] : recorded(say, details)),
        ...lines(details.remarks),
      ],
      tag:
        status && status !== "never"
          ? {
              kind: status === "present" ? "go" : "plain",
              text: t(`record.background.word.status.${status}`),
            }
          : undefined,
    };
  },
  card: (line) => (line.tag ? { ...line, small: [line.tag.text, ...line.small] } : line),
});
