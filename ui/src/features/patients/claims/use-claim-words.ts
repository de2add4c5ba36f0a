import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Claim } from "../../../generated/Claim";
import type { Fact } from "../../../generated/Fact";
import { useZone } from "../../../host/session";
import { dayAt } from "../../../i18n/dates";
import { useDates } from "../../../i18n/use-dates";
import { factWords, type FactWords } from "../timeline/fact-words";
import { plainWords } from "../../../i18n/measured";
import type { ClaimDetails, ClaimKind } from "./specs";

export type AnyClaim = Claim<ClaimDetails[ClaimKind]>;

/** A claim as a card says it: like the timeline, but a card that is named "Allergies" need not say so again. */
export function useClaimWords(): (kind: ClaimKind, claim: AnyClaim) => FactWords {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  return useMemo(
    () => (kind, claim) => {
      const fact = { kind, details: claim.details } as Exclude<Fact, { kind: "observation" }>;
      const words = factWords(t, date, fact);
      if (fact.kind === "immunisation") {
        const { at, given } = fact.details;
        const day = at ? dayAt(at, zone) : given;
        return day ? { ...words, small: [date(day), ...words.small] } : words;
      }
      if (fact.kind === "problem" && words.tag && !claim.past) {
        return { ...words, small: [words.tag.text, ...words.small] };
      }
      if (fact.kind === "allergy") {
        const text = plainWords(fact.details.substance ?? fact.details.code?.display ?? "");
        const { since } = fact.details;
        const small = since ? [...words.small, t("patients.since", { date: date(since) })] : words.small;
        return { ...words, title: [{ text, strong: true }], small };
      }
      return words;
    },
    [t, date, zone],
  );
}
