import type { RecordId } from "../generated/RecordId";
import { useCommand } from "./use-command";
import type { Left } from "./use-left";

/** Throws away what was left in a form that is not drawn; null where nothing was. */
export function useThrowAway(patient: RecordId, subject: string, left: Left | null): (() => void) | null {
  const scratch = useCommand("keep_scratch");
  return left?.row ? () => scratch.mutate({ patient, subject, text: "" }) : null;
}
