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
import { Entry } from "./Entry";
import { codeOf, useSaid } from "./say";

type Task = TaskProps<"form">["task"];

/** Fills in a form, or withdraws one. */
export function FormTask(props: TaskProps<"form">) {
  const { task } = props;
  return task.act ? <Withdraw {...props} task={task} /> : <Fill {...props} task={task} />;
}

type FillProps = Omit<TaskProps<"form">, "task"> & { task: Exclude<Task, { act: "withdraw" }> };

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

type WithdrawProps = Omit<TaskProps<"form">, "task"> & { task: Extract<Task, { act: "withdraw" }> };

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
