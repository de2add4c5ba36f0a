import { plainTerm, plainWords } from "../../i18n/measured";
import { kind, lines, recorded } from "../kind";

export const allergy = kind("allergy", {
  many: "allergies",
  form: [
    { name: "substance", as: "text", required: true },
    { name: "despite", as: "text", asked: true },
    { name: "reaction", as: "text" },
    { name: "severity", as: "choice", words: ["mild", "moderate", "severe"] },
    { name: "since", as: "date" },
    { name: "remarks", as: "area" },
    { name: "resolved", as: "flag", later: true },
  ],
  line: (details, say) => {
    const { substance, code, reaction, severity, certainty, criticality, resolved } = details;
    return {
      title: say.t("patients.allergy_to", { substance: plainWords(substance ?? plainTerm(code)) }),
      small: [
        reaction,
        severity && say.word("severity", severity),
        criticality === "high" && say.t("patients.criticality_high"),
        certainty && certainty !== "confirmed" && say.word("certainty", certainty),
        ...recorded(say, details),
        ...lines(details.remarks),
      ],
      tag: resolved ? { kind: "plain", text: say.t("patients.state.resolved") } : undefined,
    };
  },
  // A card that is named "Allergies" need not say so again.
  card: (line, { details }, { t, date }) => {
    const text = plainWords(details.substance ?? details.code?.display ?? "");
    const since = details.since ? [t("patients.since", { date: date(details.since) })] : [];
    return { ...line, title: [{ text, strong: true }], small: [...line.small, ...since] };
  },
});
