import { useIsMutating } from "@tanstack/react-query";
import type { RecordId } from "../generated/RecordId";
import type { ScratchRow } from "../generated/ScratchRow";
import { useAsOpened } from "./use-as-opened";
import { useQueryOf } from "./use-command";

/** The name of what is on its way from a form: typing that is being kept, or is becoming a record. */
export function wayOf(patient: RecordId, subject: string): readonly string[] {
  return ["on its way", patient, subject];
}

/** What was left in a form, as it was when the form was opened. */
export interface Left {
  row: ScratchRow | null;
}

/**
 * What was left under this subject; null until it is known. Whoever opens a form again before the answer to what was
 * sent from it waits for that answer: by then the typing is either a record and forgotten, or still kept.
 */
export function useLeft(patient: RecordId, subject: string): Left | null {
  const known = useQueryOf("scratches", {});
  const mutationKey = wayOf(patient, subject);
  const onItsWay = useIsMutating({ mutationKey, exact: true }) > 0;
  const row = known.data?.rows.find((each) => each.patient === patient && each.subject === subject);
  const left = known.isLoading || onItsWay ? null : { row: row ?? null };
  return useAsOpened(`${patient} ${subject}`, left);
}
