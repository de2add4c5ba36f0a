import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import type { PatchOf, Stored } from "../forms/changes";
import type { ClaimEnd } from "../generated/ClaimEnd";
import type { Claims } from "../generated/Claims";
import type { Kept } from "../generated/Kept";
import type { RecordId } from "../generated/RecordId";
import type { VoidClaim } from "../generated/VoidClaim";
import type { Refused } from "../host/host";
import { useCommand, useQueryOf } from "../host/use-command";
import type { ClaimKind, DetailsOf } from "./kind";
import { KINDS } from "./kinds";

/** A page of the card of any kind. */
export type AnyPage = Claims<DetailsOf<ClaimKind>>;

/** The page of a card behind `after`, the first where that is null. */
export function useClaims(
  kind: ClaimKind,
  patient: RecordId,
  after: ClaimEnd | null = null,
): UseQueryResult<AnyPage, Refused> {
  return useQueryOf(KINDS[kind].many, { patient, after });
}

/** What is typed into a form of any kind, which sends its own words alone. */
interface ClaimCommands {
  add: UseMutationResult<Kept, Refused, { patient: RecordId; details: PatchOf<Record<string, Stored>> }>;
  edit: UseMutationResult<
    Kept,
    Refused,
    { id: RecordId; version: number; patch: PatchOf<Record<string, Stored>> }
  >;
  withdraw: UseMutationResult<Kept, Refused, VoidClaim>;
}

/** The commands that write a kind. */
export function useClaimCommands(kind: ClaimKind): ClaimCommands {
  const add = useCommand(`add_${kind}`) as unknown as ClaimCommands["add"];
  const edit = useCommand(`edit_${kind}`) as unknown as ClaimCommands["edit"];
  const withdraw = useCommand(`void_${kind}`) as ClaimCommands["withdraw"];
  return { add, edit, withdraw };
}
