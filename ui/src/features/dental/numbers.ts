import { useQueryOf } from "../../host/use-command";
import type { RecordId } from "../../generated/RecordId";
import { useNumbers } from "../../records/numbering";
import { numbered } from "./say";

/** The number of a tooth of this mouth, as whoever sits here has them numbered. */
export function useNumbered(patient: RecordId): (tooth: string) => string {
  const [numbers] = useNumbers();
  return numbered(useQueryOf("mouth", { patient }).data?.teeth ?? [], numbers);
}
