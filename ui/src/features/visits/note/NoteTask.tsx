import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { RefusedPane } from "../../../components/RefusedPane";
import { Skeleton } from "../../../components/Skeleton";
import type { NoteView } from "../../../generated/NoteView";
import type { VisitView } from "../../../generated/VisitView";
import { useMay } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { useLeft, type Left } from "../../../host/use-left";
import { useThrowAway } from "../../../host/use-throw-away";
import { taskName } from "../../../forms/task";
import type { TaskProps } from "../../../records/parts";
import { AddendumForm, type AdditionTyping } from "./AddendumForm";
import { keptDraft, typedUpon, typingOf } from "./draft";
import { newDraft, NoteForm } from "./NoteForm";
import { OtherNotes } from "./OtherNotes";
import { ReadNote } from "./ReadNote";

const GONE = { code: "not_found", fields: {} };

/** The note of a visit: `note VISIT` is the one that this person writes or wrote, `note VISIT NOTE` any one of it. */
export function NoteTask(props: TaskProps<"note">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const { visit } = task;
  const subject = taskName({ of: "note", visit });
  const view = useQueryOf("visit", { visit });
  const left = useLeft(patient, subject);
  const throwAway = useThrowAway(patient, subject, left);
  if (view.data && view.data.patient === patient && left) {
    return <Notes key={taskName(task)} {...props} view={view.data} left={left} />;
  }
  const title = t("visits.note.title");
  const onClose = () => onTask(null);
  if (view.error) {
    const again = () => void view.refetch();
    return (
      <RefusedPane title={title} refused={view.error} onRetry={again} onClose={onClose} onThrowAway={null} />
    );
  }
  if (view.data && view.data.patient !== patient) {
    return <RefusedPane title={title} refused={GONE} onClose={onClose} onThrowAway={throwAway} />;
  }
  return (
    <Pane title={title} onClose={onClose}>
      <Skeleton lines={8} />
    </Pane>
  );
}

interface NotesProps extends TaskProps<"note"> {
  view: VisitView;
  left: Left;
}

function Notes({ patient, task, view, left, onTask }: NotesProps) {
  const { t } = useTranslation();
  const mayWrite = useMay("note.write");
  const [kept, setKept] = useState(() => keptDraft(left));
  const mine = view.notes.filter((note) => note.mine);
  const open = mine.find((note) => !note.signed_at);
  const signed = mine.filter((note) => note.signed_at).at(-1);
  const named = view.notes.find((note) => note.id === task.note);
  const others = (shown?: NoteView) => view.notes.filter((note) => note !== shown);

  // What was signed meanwhile is written no more.
  const typed = kept && (kept.note === null || kept.note === open?.id) ? kept : null;
  // Once opened the form stands until its note is signed, whatever else comes in.
  const [writing, setWriting] = useState<"note" | "another" | null>(() =>
    (named ? named === open : Boolean(open ?? typed ?? !signed)) ? "note" : null,
  );
  if (mayWrite && writing) {
    const fresh = newDraft(writing === "another" ? undefined : view.details.concern);
    // The note was saved after this was typed, or on another computer: it goes on upon that.
    const upon =
      typed?.note === null && open ? { ...openDraft(open), typing: typedUpon(open.details, typed) } : null;
    const draft = upon ?? typed ?? (open ? openDraft(open) : fresh);
    const signedNow = () => {
      setKept(null);
      setWriting(null);
    };
    return (
      <NoteForm
        key={writing}
        patient={patient}
        visit={view.id}
        draft={draft}
        left={typed && left.row ? left.row.at : null}
        stands={upon?.before ?? null}
        others={others(open)}
        onTask={onTask}
        onSigned={signedNow}
      />
    );
  }
  const shown = named ?? signed ?? view.notes.at(-1);
  if (!shown) {
    return (
      <Pane title={t("visits.note.title")} onClose={() => onTask(null)}>
        <p>{t("visits.note.none")}</p>
        <OtherNotes notes={[]} onTask={onTask} />
      </Pane>
    );
  }
  const mayBegin = mayWrite && !open && shown.mine && shown.signed_at;
  return (
    <ReadNote
      note={shown}
      others={others(shown)}
      onTask={onTask}
      onAnother={mayBegin ? () => setWriting("another") : undefined}
    />
  );
}

function openDraft({ id, version, details }: NoteView) {
  return { note: id, version, before: details, typing: typingOf(details) };
}

/** Adds to a signed note: `addendum VISIT NOTE`. */
export function AddendumTask({ patient, task, onTask }: TaskProps<"addendum">) {
  const { t } = useTranslation();
  const note = useQueryOf("note", { note: task.note });
  const subject = taskName(task);
  const left = useLeft(patient, subject);
  const throwAway = useThrowAway(patient, subject, left);
  if (note.data?.signed_at && note.data.patient === patient && left) {
    const kept = keptAddition(left);
    return (
      <AddendumForm
        key={subject}
        note={note.data}
        subject={subject}
        left={kept}
        since={kept && left.row ? left.row.at : null}
        onTask={onTask}
      />
    );
  }
  const title = t("visits.note.add_title");
  const onClose = () => onTask(null);
  if (note.error || note.data) {
    const refused = note.error ?? GONE;
    return <RefusedPane title={title} refused={refused} onClose={onClose} onThrowAway={throwAway} />;
  }
  return (
    <Pane title={title} onClose={onClose}>
      <Skeleton lines={6} />
    </Pane>
  );
}

function keptAddition({ row }: Left): AdditionTyping | null {
  try {
    const { text = "", reason = "" } = JSON.parse(row?.text ?? "null") as Partial<AdditionTyping>;
    return { text, reason };
  } catch {
    return null;
  }
}
