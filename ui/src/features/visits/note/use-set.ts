import type { Age } from "../../../generated/Age";
import type { NoteSetRow } from "../../../generated/NoteSetRow";
import type { VisitType } from "../../../generated/VisitType";
import { useQueryOf } from "../../../host/use-command";
import { keyOfSet } from "../../../records/exam-words";
import { setFor } from "./exam";

interface Named {
  set: string;
  /** The version, where the set is the clinic's own; else empty. */
  version: string;
}

/**
 * The set by which a note is examined, and all to choose from: the one that it names, else the one for the visit and the age.
 * A note keeps the version that it named, also when another was published meanwhile or its set was ended.
 */
export function useSet(
  known: readonly NoteSetRow[] | null,
  { set: word, version }: Named,
  kind: VisitType | undefined,
  age: Age | null | undefined,
) {
  const current = (known ?? []).filter(({ begins }) => begins);
  const named = current.find((each) => keyOfSet(each) === (version || word));
  const asks = known !== null && version !== "" && !named;
  const former = useQueryOf("note_set", { id: version }, { enabled: asks });
  const set = named ?? former.data ?? (asks && !former.error ? undefined : setFor(current, kind, age));
  return { set, sets: set && !current.includes(set) ? [...current, set] : current };
}
