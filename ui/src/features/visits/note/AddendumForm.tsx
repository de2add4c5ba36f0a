import { useTranslation } from "react-i18next";
import { TextArea } from "../../../components/fields";
import { TextButton } from "../../../components/TextButton";
import { KeptPane } from "../../../forms/KeptPane";
import { TaskFrame } from "../../../forms/TaskFrame";
import { keptIn, type Left } from "../../../forms/use-left";
import { useRecordForm } from "../../../forms/use-record-form";
import type { NoteView } from "../../../generated/NoteView";
import { useCommand } from "../../../host/use-command";
import type { TaskProps } from "../../../records/parts";
import { WithdrawAddition } from "../../../records/WithdrawAddition";
import { NoteText } from "./NoteText";
import style from "./note.module.css";

const BLANK = { text: "", reason: "" };

type Task = TaskProps<"addendum">["task"];
type Add = Exclude<Task, { act: "withdraw" }>;
type Withdraw = Extract<Task, { act: "withdraw" }>;

/** Adds to a signed note, or withdraws what was added. */
export function AddendumTask(props: TaskProps<"addendum">) {
  const { task } = props;
  return task.act ? <WithdrawTask {...props} task={task} /> : <AddTask {...props} task={task} />;
}

function WithdrawTask(props: Omit<TaskProps<"addendum">, "task"> & { task: Withdraw }) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("addenda.withdraw.title")}
      patient={patient}
      task={task}
      ask={["note", { note: task.note }]}
      find={(note) => note.addenda.find(({ id }) => id === task.addendum) ?? null}
      onClose={() => onTask(null)}
    >
      {(addendum, left) => <WithdrawAddition {...props} addendum={addendum} left={left} />}
    </TaskFrame>
  );
}

function AddTask(props: Omit<TaskProps<"addendum">, "task"> & { task: Add }) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("visits.note.add_title")}
      patient={patient}
      task={task}
      ask={["note", { note: task.note }]}
      find={(note) => (note.signed_at && note.patient === patient ? note : null)}
      lines={6}
      onClose={() => onTask(null)}
    >
      {(note, left) => <AddendumForm {...props} note={note} left={left} />}
    </TaskFrame>
  );
}

type AddendumFormProps = Omit<TaskProps<"addendum">, "task"> & { task: Add } & { note: NoteView; left: Left };

/** Adds to a signed note, under a signature of its own; the note itself stands below as it was signed. */
function AddendumForm({ patient, task, note, left, onTask }: AddendumFormProps) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("add_addendum");
  const back = () => onTask({ of: "note", visit: note.visit, note: note.id });
  const lacks = { text: t("visits.note.addition_required"), reason: t("reason.required") };
  const form = useRecordForm({
    patient,
    task,
    begun: { seen: { version: null }, before: BLANK },
    kept: keptIn(left, BLANK),
    onClose: back,
    at: ({ code, fields: { field } }) =>
      code === "missing" && (field === "text" || field === "reason") ? { [field]: lacks[field] } : null,
  });
  const text = form.values.text.trim();
  const reason = form.values.reason.trim();
  const sign = () =>
    form.act(() => mutateAsync({ note: note.id, text, reason }), {
      check: () => (!text ? { text: lacks.text } : !reason ? { reason: lacks.reason } : {}),
      done: back,
    });
  return (
    <KeptPane
      title={t("visits.note.add_title")}
      act={t("visits.note.sign_addition")}
      onAct={sign}
      form={form}
      onClose={() => onTask(null)}
      ways={<TextButton onClick={back}>{t("visits.note.to_note")}</TextButton>}
      under={
        <div className={style["quoted"]}>
          <NoteText note={note.details} />
        </div>
      }
    >
      <div {...form.around} className={style["fields"]}>
        <TextArea {...form.text("text")} label={t("visits.note.addition")} lines={3} required />
        <TextArea {...form.text("reason")} label={t("visits.note.why")} lines={1} required />
      </div>
    </KeptPane>
  );
}
