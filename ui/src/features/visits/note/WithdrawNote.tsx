import { useTranslation } from "react-i18next";
import { ReasonPane } from "../../../forms/ReasonPane";
import { taskName } from "../../../forms/task";
import { TaskFrame } from "../../../forms/TaskFrame";
import type { Left } from "../../../forms/use-left";
import { useReason } from "../../../forms/use-reason";
import type { NoteView } from "../../../generated/NoteView";
import { useCommand } from "../../../host/use-command";
import type { TaskProps } from "../../../records/parts";

/** Withdraws a note that nobody has signed. It stays in the history with the reason. */
export function WithdrawNote(props: TaskProps<"withdraw">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const find = (note: NoteView | undefined) => {
    if (!note) return null;
    if (!note.mine) return { barred: "not_author" };
    return note.signed_at ? { barred: "frozen" } : note;
  };
  return (
    <TaskFrame
      title={t("visits.note.withdraw_title")}
      patient={patient}
      task={task}
      ask={["visit", { visit: task.visit }]}
      find={(view) => (view.patient === patient ? find(view.notes.find(({ id }) => id === task.note)) : null)}
      onClose={() => onTask(null)}
    >
      {(note, left) => <Form {...props} version={note.version} left={left} />}
    </TaskFrame>
  );
}

type FormProps = TaskProps<"withdraw"> & { version: number; left: Left };

function Form({ patient, task, onTask, version, left }: FormProps) {
  const { t } = useTranslation();
  const command = useCommand("void_note");
  const scratch = useCommand("keep_scratch");
  const written = { of: "note", visit: task.visit } as const;
  const back = () => onTask(written);
  const form = useReason({ patient, task, left, onClose: back });
  const withdraw = async (reason: string) => {
    await command.mutateAsync({ id: task.note, version, reason });
    // What was typed into the note goes with it.
    await scratch.mutateAsync({ patient, subject: taskName(written), text: "" }).catch(() => undefined);
  };
  return (
    <ReasonPane
      title={t("visits.note.withdraw_title")}
      act={t("visits.note.withdraw_act")}
      onAct={() => form.send(withdraw, () => onTask(null))}
      form={form}
      onClose={back}
    >
      <p>{t("visits.note.withdraw_text")}</p>
    </ReasonPane>
  );
}
