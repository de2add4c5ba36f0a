import { plainTerm, plainWords } from "../../i18n/measured";
import { lines, recorded, type ClaimWords, type KindOf } from "../kind";

export const words = {
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
    side: "Which eye",
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
    side: { right: "Right", left: "Left", both: "Both", not_recorded: "Not recorded" },
    status: { present: "Present", past: "Past", never: "Never" },
  },
  said: {
    side: { right: "right eye", left: "left eye", both: "both eyes", not_recorded: "eye not recorded" },
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
  line: {
    never: "Never: {{what}}",
    family: "Family: {{what}}",
    relative: "{{relative}} – {{what}}",
  },
} as const satisfies ClaimWords;

export const kind: KindOf<"background"> = {
  many: "backgrounds",
  form: [
    {
      name: "sort",
      as: "list",
      words: ["illness", "operation", "stay", "childhood", "family", "need", "habit", "pregnancy"],
    },
    { name: "name", as: "text", required: true, coded: true },
    { name: "relative", as: "text" },
    { name: "amount", as: "text", beside: true },
    {
      name: "side",
      as: "list",
      words: ["right", "left", "both", "not_recorded"],
      when: ({ sort }) => sort === "operation",
    },
    { name: "when", as: "date" },
    { name: "until", as: "day", beside: true },
    { name: "status", as: "choice", words: ["present", "past", "never"] },
    { name: "remarks", as: "area" },
  ],
  line: (details, say) => {
    const { sort, name, code, relative, when, until, amount, status, side } = details;
    const { t, date } = say;
    const called = plainWords(name ?? plainTerm(code));
    const so = status === "never" ? t("record.background.line.never", { what: called }) : called;
    // What a relative had never stands as if it were the patient's, whatever sort it was put under.
    const theirs = relative ? t("record.background.line.relative", { relative, what: so }) : so;
    return {
      title: relative || sort === "family" ? t("record.background.line.family", { what: theirs }) : so,
      small: [
        sort && sort !== "family" && say.word("sort", sort),
        side && say.word("side", side),
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
};
