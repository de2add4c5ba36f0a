import { plainTerm, plainWords } from "../../i18n/measured";
import { kind, lines, recorded } from "../kind";

export const problem = kind("problem", {
  many: "problems",
  form: [
    { name: "name", as: "code", required: true },
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
      title: certainty === "excluded" ? t("patients.ruled_out", { what: called }) : called,
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
});

/** Clinicians read codes of ICD; the numbers of SNOMED CT say nothing to them. */
function icd(system: string | undefined): boolean {
  return !system || /icd/i.test(system);
}
