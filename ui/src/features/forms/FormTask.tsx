import { useTranslation } from "react-i18next";
import { Pane } from "../../components/Pane";
import { Skeleton } from "../../components/Skeleton";
import { ReasonPane } from "../../forms/ReasonPane";
import { TaskFrame } from "../../forms/TaskFrame";
import type { Left } from "../../forms/use-left";
import { useReason } from "../../forms/use-reason";
import type { FilledView } from "../../generated/FilledView";
import { useCommand, useQueryOf } from "../../host/use-command";
import type { TaskProps } from "../../records/parts";
import { WithdrawAddition } from "../../records/WithdrawAddition";
import { Entry } from "./Entry";
import { codeOf, useSaid } from "./say";

type Task = TaskProps<"form">["task"];

type Of<Act> = Omit<TaskProps<"form">, "task"> & { task: Extract<Task, { act: Act }> };
type FillProps = Omit<TaskProps<"form">, "task"> & { task: Extract<Task, { act?: undefined }> };

/** Fills in a form or withdraws it, adds to a signed one or withdraws what was added. */
export function FormTask(props: TaskProps<"form">) {
  const { task } = props;
  if (task.act === "withdraw") return <Withdraw {...props} task={task} />;
  if (task.act === "amend") return <Amend {...props} task={task} />;
  if (task.act === "retract") return <Retract {...props} task={task} />;
  return <Fill {...props} task={task} />;
}

function Amend({ patient, task, onTask }: Of<"amend">) {
  const { t } = useTranslation();
  const onClose = () => onTask(null);
  const frame = { title: t("forms.task.amend"), patient, task, lines: 8, onClose };
  return (
    <TaskFrame
      {...frame}
      ask={["filled", { filled: task.filled }]}
      find={(signed) => (signed.signed_at && signed.known ? signed : null)}
    >
      {(signed) => (
        <TaskFrame
          {...frame}
          ask={["form", { form: signed.form, patient, visit: signed.visit }]}
          find={(view) => (view.may_sign ? view : { barred: "not_permitted" })}
        >
          {(view, left) => (
            <Entry patient={patient} task={task} view={view} amends={signed} left={left} onClose={onClose} />
          )}
        </TaskFrame>
      )}
    </TaskFrame>
  );
}

function Retract(props: Of<"retract">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("forms.task.retract")}
      patient={patient}
      task={task}
      ask={["filled", { filled: task.filled }]}
      find={(view) => view.addenda.find(({ id }) => id === task.addendum) ?? null}
      onClose={() => onTask(null)}
    >
      {(addendum, left) => <WithdrawAddition {...props} addendum={addendum} left={left} />}
    </TaskFrame>
  );
}

function Fill({ patient, task, onTask }: FillProps) {
  const { t } = useTranslation();
  const onClose = () => onTask(null);
  const heads = useQueryOf("forms", {});
  const head = heads.data?.forms.find(({ form }) => codeOf(form) === task.form);
  if (heads.isLoading) {
    return (
      <Pane title={t("forms.task.fill")} onClose={onClose}>
        <Skeleton lines={8} />
      </Pane>
    );
  }
  return (
    <TaskFrame
      title={t("forms.task.fill")}
      patient={patient}
      task={task}
      ask={["form", { form: head?.form ?? task.form, patient, visit: task.visit ?? null }]}
      find={(view) => (view.may_fill ? view : { barred: "not_permitted" })}
      lines={8}
      onClose={onClose}
    >
      {(view, left) => <Entry patient={patient} task={task} view={view} left={left} onClose={onClose} />}
    </TaskFrame>
  );
}

type WithdrawProps = Of<"withdraw">;

function Withdraw(props: WithdrawProps) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("forms.withdraw.title")}
      patient={patient}
      task={task}
      ask={["filled", { filled: task.filled }]}
      find={(view) => view}
      onClose={() => onTask(null)}
    >
      {(view, left) => <WithdrawReason {...props} view={view} left={left} />}
    </TaskFrame>
  );
}

function WithdrawReason({
  patient,
  task,
  view,
  left,
  onTask,
}: WithdrawProps & { view: FilledView; left: Left }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { mutateAsync } = useCommand("void_form");
  const onClose = () => onTask(null);
  const form = useReason({ patient, task, left, onClose });
  const { id, version } = view;
  return (
    <ReasonPane
      title={t("forms.withdraw.title")}
      act={t("forms.withdraw.act")}
      onAct={() => form.send((reason) => mutateAsync({ id, version, reason }), onClose)}
      form={form}
      onClose={onClose}
    >
      <p>
        <b>{said(view.title)}</b> {view.line}
      </p>
      <p>{t("forms.withdraw.text")}</p>
    </ReasonPane>
  );
}
