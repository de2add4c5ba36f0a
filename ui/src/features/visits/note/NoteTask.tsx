import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { TextButton } from "../../../components/TextButton";
import { TaskFrame } from "../../../forms/TaskFrame";
import { keptIn, type KeptTyping, type Left } from "../../../forms/use-left";
import type { NoteView } from "../../../generated/NoteView";
import type { VisitView } from "../../../generated/VisitView";
import { useMay, useSession } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import type { TaskProps } from "../../../records/parts";
import { useTelling } from "../../../records/use-telling";
import { typedUpon, typingOf, type NoteTyping } from "./draft";
import { NoteForm } from "./NoteForm";
import { ReadNote, type Complete } from "./ReadNote";

/** The note of a visit: the one that this person writes or wrote, or any one of it that the task names. */
export function NoteTask(props: TaskProps<"note">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("visits.note.title")}
      patient={patient}
      task={task}
      typing={{ of: "note", visit: task.visit }}
      ask={["visit", { visit: task.visit }]}
      find={(found) => (found.patient === patient ? found : null)}
      lines={8}
      wide
      onClose={() => onTask(null)}
    >
      {(_, left, view) => <Notes {...props} view={view} left={left} />}
    </TaskFrame>
  );
}

function Notes({ patient, task, view, left, onTask }: TaskProps<"note"> & { view: VisitView; left: Left }) {
  const { t } = useTranslation();
  const mayWrite = useMay("note.write");
  const complete = useComplete(view, () => onTask(null));
  const [kept, setKept] = useState(() => keptIn(left, typingOf({})));
  const mine = view.notes.filter((note) => note.mine);
  const open = mine.find((note) => !note.signed_at);
  const signed = mine.filter((note) => note.signed_at).at(-1);
  const named = view.notes.find((note) => note.id === task.note);
  const over = !["arrived", "triaged", "in_progress"].includes(view.details.status ?? "");
  const near = named ?? signed ?? view.notes.at(-1);
  // Another's long note is told in part where there are several, and one of very many found no room.
  const far = task.note && !named && view.more ? task.note : near?.shortened ? near.id : null;
  const whole = useQueryOf("note", { note: far ?? "" }, { enabled: far !== null }).data;
  const shown = whole ?? near;
  const others = (but?: NoteView) => view.notes.filter((note) => note !== but);

  // What was signed meanwhile is written no more.
  const about = kept?.typing.seen.note ?? null;
  const typed = kept && (about === null || about === open?.id) ? kept : null;
  // Once opened the form stands until its note is signed, whatever else comes in.
  const [writing, setWriting] = useState<"note" | "another" | null>(() =>
    (
      task.note && (named ?? view.more)
        ? named !== undefined && named === open
        : Boolean(open ?? typed ?? !(signed || over))
    )
      ? "note"
      : null,
  );
  if (mayWrite && writing) {
    const heard = writing === "another" ? undefined : view.details.concern;
    const begun = open ? openNote(open) : newNote(heard);
    // The note was saved after this was typed, or on another computer: it goes on upon that.
    const upon = typed && about === null && open ? typedOn(open, typed) : null;
    const signedNow = () => {
      setKept(null);
      setWriting(null);
    };
    return (
      <NoteForm
        key={writing}
        patient={patient}
        visit={view.id}
        kind={view.details.kind}
        begun={begun}
        kept={upon ?? typed}
        stands={upon && open ? open.details : null}
        others={others(open)}
        more={view.more}
        onTask={onTask}
        onSigned={signedNow}
      />
    );
  }
  if (!shown) {
    return (
      <Pane wide title={t("visits.note.title")} onClose={() => onTask(null)}>
        <p>{t("visits.note.none")}</p>
        {mayWrite && (
          <div>
            <TextButton onClick={() => setWriting("note")}>{t("visits.tab.write")}</TextButton>
          </div>
        )}
      </Pane>
    );
  }
  const mayBegin = mayWrite && !open && (over || (shown.mine && shown.signed_at));
  return (
    <ReadNote
      note={shown}
      others={others(near)}
      more={view.more}
      onTask={onTask}
      onAnother={mayBegin ? () => setWriting("another") : undefined}
      complete={shown.mine && shown.signed_at ? complete : null}
    />
  );
}

/** Ends the visit once its note is signed; null where that is not this person's to do, or something is open still. */
function useComplete(view: VisitView, onDone: () => void): Complete | null {
  const { t } = useTranslation();
  const user = useSession()?.user;
  const may = useMay("visit.edit");
  const step = useCommand("step_visit");
  const telling = useTelling();
  const { status, attending } = view.details;
  const mine = attending === undefined || attending === user;
  if (!may || !mine || view.note_open || status !== "in_progress") return null;
  const run = () =>
    telling(async () => {
      await step.mutateAsync({ visit: view.id, version: view.version, to: "completed" });
      onDone();
      return t("visits.stepped.completed");
    });
  return { run, busy: step.isPending };
}

/** A note that begins: with the concern that the desk heard, if it wrote one down. */
function newNote(concern: string | undefined) {
  return { seen: { version: null, note: null }, before: typingOf(concern ? { concern } : {}) };
}

function openNote({ id, version, details }: NoteView) {
  return { seen: { version, note: id }, before: typingOf(details) };
}

function typedOn(open: NoteView, { typing, at }: KeptTyping<NoteTyping>): KeptTyping<NoteTyping> {
  return { typing: { ...openNote(open), values: typedUpon(open.details, typing), unread: {} }, at };
}
