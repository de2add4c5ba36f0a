import type { NoteView } from "../../../generated/NoteView";
import type { RecordId } from "../../../generated/RecordId";
import { useQueryOf } from "../../../host/use-command";

/** The note that was signed last in another visit of this person; nothing where there is none, or none known yet. */
export function useLastNote(patient: RecordId, visit: RecordId): NoteView | undefined {
  const known = useQueryOf("timeline", { patient, kinds: ["note"], before: null }).data?.rows ?? [];
  const last = known.find(
    ({ fact, signed }) => signed && fact.kind === "note" && fact.details.visit !== visit,
  );
  return useQueryOf("note", { note: last?.id ?? "" }, { enabled: last !== undefined }).data;
}
