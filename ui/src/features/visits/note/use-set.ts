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
 * A note keeps the version that it named, also when another was published meanwhile or its set was ended, and the word of a
 * set that is not here: nobody's examination goes over to another set unasked.
 */
export function useSet(
  known: readonly NoteSetRow[] | null,
  { set: word, version }: Named,
  kind: VisitType | undefined,
  age: Age | null | undefined,
) {
  const current = (known ?? []).filter(({ begins }) => begins);
  const named =
    current.find((each) => keyOfSet(each) === (version || word)) ??
    // A note from before there were versions has the name alone.
    (version ? undefined : current.find((each) => each.set === word));
  const asks = known !== null && version !== "" && !named;
  const former = useQueryOf("note_set", { id: version }, { enabled: asks });
  const other = () =>
    word || version ? kept(known ?? [], { set: word, version }) : setFor(current, kind, age);
  const set = named ?? former.data ?? (known === null || (asks && !former.error) ? undefined : other());
  return { set, sets: set && !current.includes(set) ? [...current, set] : current };
}

/** A set that no note begins with, as a note names it; its systems where a draft of the name has them. */
function kept(known: readonly NoteSetRow[], { set, version }: Named): NoteSetRow {
  const draft = version ? undefined : known.find((each) => each.set === set);
  return {
    id: version || null,
    version: null,
    set,
    begins: false,
    status: null,
    number: null,
    follows: null,
    apart: false,
    published_at: null,
    published_by: null,
    kinds: [],
    from_age: null,
    until_age: null,
    systems: draft?.systems ?? [],
    history: draft?.history ?? "",
    treatment: draft?.treatment ?? "",
    plan: draft?.plan ?? "",
  };
}
