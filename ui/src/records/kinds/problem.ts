import { plainTerm, plainWords } from "../../i18n/measured";
import { lines, recorded, type ClaimWords, type KindOf } from "../kind";

export const words = {
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
  line: { ruled_out: "Ruled out: {{what}}" },
} as const satisfies ClaimWords;

export const kind: KindOf<"problem"> = {
  many: "problems",
  form: [
    { name: "name", as: "code", required: true, coded: true },
    {
      name: "status",
      as: "list",
      words: ["new", "active", "stable", "progressing", "improving", "managed", "resolved"],
    },
    { name: "certainty", as: "list", words: ["confirmed", "suspected", "excluded"], beside: true },
    { name: "severity", as: "choice", words: ["mild", "moderate", "severe"] },
    { name: "side", as: "choice", words: ["left", "right", "both"] },
    { name: "since", as: "date" },
    { name: "until", as: "date", beside: true },
    { name: "remarks", as: "area" },
  ],
  line: (details, say) => {
    const { name, code, status, side, severity, certainty, since, until } = details;
    const { t, date } = say;
    const called = plainWords(name ?? plainTerm(code));
    return {
      title: certainty === "excluded" ? t("record.problem.line.ruled_out", { what: called }) : called,
      code: icd(code?.system) ? code?.code : undefined,
      small: [
        side && say.word("side", side),
        severity && say.word("severity", severity),
        certainty && certainty !== "confirmed" && say.word("certainty", certainty),
        since && t("patients.since", { date: date(since) }),
        until && t("patients.until", { date: date(until) }),
        ...recorded(say, details),
        ...lines(details.remarks),
      ],
      tag:
        status && certainty !== "excluded"
          ? { kind: status === "resolved" ? "plain" : "go", text: t(`record.problem.word.status.${status}`) }
          : undefined,
    };
  },
  card: (line, { past }) => (line.tag && !past ? { ...line, small: [line.tag.text, ...line.small] } : line),
};

/** Clinicians read codes of ICD; the numbers of SNOMED CT say nothing to them. */
function icd(system: string | undefined): boolean {
  return !system || /icd/i.test(system);
}
