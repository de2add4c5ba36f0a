import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { useQueryOf } from "../../../host/use-command";
import { ClaimCard } from "../claims/ClaimCard";
import { claimsOf } from "../claims/claims-of";
import type { ClaimKind } from "../claims/specs";
import type { TabProps } from "../../../records/parts";

/** All medicines of a person, taken now and before. */
export function MedicinesTab(props: TabProps) {
  return <ClaimsTab kind="medicine" {...props} />;
}

/** All immunisations of a person. */
export function ImmunisationsTab(props: TabProps) {
  return <ClaimsTab kind="immunisation" {...props} />;
}

function ClaimsTab({ kind, patient, onTask }: TabProps & { kind: ClaimKind }) {
  const chart = useQueryOf("chart", { patient });
  if (chart.error) return <RefusalNote refused={chart.error} onRetry={() => void chart.refetch()} />;
  if (!chart.data) return <Skeleton lines={6} />;
  return <ClaimCard kind={kind} claims={claimsOf(chart.data, kind)} onTask={onTask} all />;
}
