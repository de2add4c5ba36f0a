import { useState } from "react";
import type { NoteSetRow } from "../../../generated/NoteSetRow";
import type { VisitType } from "../../../generated/VisitType";
import { setFor } from "./exam";

/**
 * The set by which a note is examined, and all to choose from: the one that it names, else that of the visit. What is named
 * stays as it was here, also when somebody renames or withdraws it meanwhile.
 */
export function useSet(known: readonly NoteSetRow[], name: string, kind: VisitType | undefined) {
  const named = known.find(({ set }) => set === name);
  const [last, setLast] = useState<NoteSetRow>();
  if (named && named !== last) setLast(named);
  const set = named ?? (last?.set === name ? last : setFor(known, kind));
  return { set, sets: set && !known.includes(set) ? [...known, set] : known };
}
