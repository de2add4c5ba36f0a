import type { ClaimKind } from "../../../records/kind";
import { CLAIM_KINDS, KINDS } from "../../../records/kinds";
import type { ChartTab, TabProps } from "../../../records/parts";
import { ClaimCard } from "../claims/ClaimCard";

/** All records of a kind, those that hold and those that are over. */
function KindTab({ kind, patient, onTask }: TabProps & { kind?: ClaimKind | undefined }) {
  return kind && <ClaimCard kind={kind} patient={patient} onTask={onTask} all />;
}

/** The tabs of the kinds that have one. */
export const KIND_TABS: readonly ChartTab[] = CLAIM_KINDS.filter((kind) => KINDS[kind].tab).map((kind) => ({
  name: KINDS[kind].many,
  kind,
  show: KindTab,
}));
