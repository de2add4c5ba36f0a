import type { NoteText } from "../../../generated/NoteText";
import type { Note } from "../../../generated/Note";
import type { Refused } from "../../../host/host";
import { useMay } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { taskName } from "../../../forms/task";
import type { View } from "../types";

/** What can be done about the open note of a certificate's visit. */
export interface OpenNoteActs {
  /** Signs the note as it stands; null where it is not this person's, or where typing of it was left. */
  sign: ((then: () => void) => void) | null;
  busy: boolean;
  refused: Refused | null;
}

/** The own open note of the visit in which a certificate was written, once it is asked for. */
export function useOpenNote(view: View, asked: boolean): OpenNoteActs {
  const visit = view.details.visit ?? "";
  const may = useMay("note.sign");
  const enabled = asked && may && visit !== "";
  const seen = useQueryOf("visit", { visit }, { enabled });
  const left = useQueryOf("scratches", {}, { enabled });
  const sign = useCommand("sign_note");
  const note = seen.data?.notes.find(({ mine, signed_at }) => mine && signed_at === null);
  const written = taskName({ of: "note", visit });
  // Signing forgets what was typed and not saved: nobody signs that unseen.
  const typing = left.data?.rows.some(({ subject }) => subject === written) ?? true;
  const { error, isPending } = sign;
  if (!note || typing) return { sign: null, busy: false, refused: error };
  const { id, version, details } = note;
  return {
    sign: (then) => sign.mutate({ visit, note: id, version, details: textOf(details) }, { onSuccess: then }),
    busy: isPending,
    refused: error,
  };
}

/** What the author wrote, as the command wants it. */
function textOf(note: Note): NoteText {
  const { concern, history, set, exam, examination, diagnoses, treatment, plan, remarks, brought } = note;
  const said = { concern, history, set, exam, examination, diagnoses, treatment, plan, remarks, brought };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as NoteText;
}
