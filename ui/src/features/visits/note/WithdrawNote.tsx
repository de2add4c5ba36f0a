import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Pane } from "../../../components/Pane";
import { ReasonPane } from "../../../components/ReasonPane";
import { RefusedPane } from "../../../components/RefusedPane";
import { Skeleton } from "../../../components/Skeleton";
import type { NoteView } from "../../../generated/NoteView";
import { useZone } from "../../../host/session";
import { useAsOpened } from "../../../host/use-as-opened";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { useKeptReason } from "../../../host/use-kept-reason";
import { useLeft, type Left } from "../../../host/use-left";
import { useThrowAway } from "../../../host/use-throw-away";
import { taskName } from "../../../forms/task";
import type { TaskProps } from "../../../records/parts";

/** Withdraws a note that nobody has signed: `withdraw VISIT NOTE`. It stays in the history with the reason. */
export function WithdrawNote(props: TaskProps<"withdraw">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  const { visit, note: id } = task;
  const subject = taskName(task);
  const view = useQueryOf("visit", { visit });
  const left = useLeft(patient, subject);
  const note = view.data?.patient === patient ? view.data.notes.find((each) => each.id === id) : undefined;
  const seen = useAsOpened(subject, note ?? null);
  const throwAway = useThrowAway(patient, subject, left);
  const title = t("visits.note.withdraw_title");
  const onClose = () => onTask(null);
  const barred = seen && whyNot(seen);
  if (seen && left && !barred) {
    return <Form key={subject} {...props} version={seen.version} left={left} />;
  }
  if (barred || view.error || (view.data && !seen)) {
    const refused = barred ? { code: barred, fields: {} } : (view.error ?? { code: "not_found", fields: {} });
    return <RefusedPane title={title} refused={refused} onClose={onClose} onThrowAway={throwAway} />;
  }
  return (
    <Pane title={title} onClose={onClose}>
      <Skeleton lines={4} />
    </Pane>
  );
}

function whyNot(note: NoteView): string | null {
  if (!note.mine) return "not_author";
  return note.signed_at ? "frozen" : null;
}

interface FormProps extends TaskProps<"withdraw"> {
  version: number;
  left: Left;
}

function Form({ patient, task, onTask, version, left }: FormProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const command = useCommand("void_note");
  const scratch = useCommand("keep_scratch");
  const { visit, note } = task;
  const written = { of: "note", visit } as const;
  const back = () => onTask(written);
  const fields = useRef<HTMLDivElement>(null);
  const reason = useKeptReason({
    fields,
    patient,
    subject: taskName(task),
    left,
    busy: command.isPending,
    onClose: back,
  });
  const withdraw = async (said: string) => {
    await command.mutateAsync({ id: note, version, reason: said });
    // What was typed into the note goes with it.
    await scratch.mutateAsync({ patient, subject: taskName(written), text: "" }).catch(() => undefined);
  };
  return (
    <ReasonPane
      title={t("visits.note.withdraw_title")}
      act={t("visits.note.withdraw_act")}
      onAct={() => reason.send(withdraw, () => onTask(null))}
      refused={command.error}
      reason={reason}
      fields={fields}
      zone={zone}
      onClose={back}
    >
      <p>{t("visits.note.withdraw_text")}</p>
    </ReasonPane>
  );
}
