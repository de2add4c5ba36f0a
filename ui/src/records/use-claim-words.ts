import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useZone } from "../host/session";
import { useDates } from "../i18n/use-dates";
import { claimWords } from "./facts";
import type { AnyClaim, ClaimKind, FactWords } from "./kind";

/** A claim as a card says it. */
export function useClaimWords(): (kind: ClaimKind, claim: AnyClaim) => FactWords {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  return useMemo(() => (kind, claim) => claimWords(t, date, zone, kind, claim), [t, date, zone]);
}
