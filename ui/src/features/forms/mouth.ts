import type { RecordId } from "../../generated/RecordId";
import type { Spec } from "../../generated/Spec";
import { useQueryOf } from "../../host/use-command";
import { isMilk } from "../../records/numbering";
import { toothOf, type Side } from "./sides";
import { itemsOf } from "./values";

/** Of which teeth a form asks. */
export interface Standing {
  /** It may be there: it stands, or nobody has looked and it is no milk tooth. */
  asked: (side: Side) => boolean;
  /** Somebody has seen that it is there. */
  seen: (side: Side) => boolean;
}

/** The teeth that are there, where a form asks of each. */
export function useStanding(patient: RecordId, spec: Spec): Standing {
  const asks = itemsOf(spec).some(({ sides }) => sides === "teeth");
  const mouth = useQueryOf("mouth", { patient }, { enabled: asks });
  const stands = new Map((mouth.data?.teeth ?? []).map(({ tooth, stands }) => [tooth as string, stands]));
  const seen = (side: Side) => {
    const tooth = toothOf(side);
    return !asks || tooth === null || stands.get(tooth) === "present";
  };
  const asked = (side: Side) => {
    const tooth = toothOf(side);
    if (!asks || tooth === null || seen(side)) return true;
    const known = stands.get(tooth) ?? "unknown";
    return (known === "unknown" || known === "not_seen") && !isMilk(tooth);
  };
  return { asked, seen };
}
