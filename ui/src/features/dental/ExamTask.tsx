import { useTranslation } from "react-i18next";
import { ReasonPane } from "../../forms/ReasonPane";
import { TaskFrame } from "../../forms/TaskFrame";
import type { Left } from "../../forms/use-left";
import { useReason } from "../../forms/use-reason";
import type { Tooth } from "../../generated/Tooth";
import type { ToothLook } from "../../generated/ToothLook";
import { useCommand } from "../../host/use-command";
import type { TaskProps } from "../../records/parts";

/** Withdraws a look at the teeth, such as one that was written into the wrong chart. */
export function ExamTask(props: TaskProps<"exam">) {
  const { patient, task, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("dental.exam.withdraw")}
      patient={patient}
      task={task}
      ask={["tooth", { patient, tooth: task.tooth as Tooth }]}
      find={({ rows }) => {
        const looks = rows.flatMap(({ says }) => (says.kind === "looked" ? [says.details] : []));
        return looks.find(({ id }) => id === task.record) ?? null;
      }}
      onClose={() => onTask(null)}
    >
      {(look, left) => <Form {...props} look={look} left={left} />}
    </TaskFrame>
  );
}

function Form({ patient, task, look, left, onTask }: TaskProps<"exam"> & { look: ToothLook; left: Left }) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("void_exam");
  const onClose = () => onTask(null);
  const form = useReason({ patient, task, left, onClose });
  const { id, version } = look;
  return (
    <ReasonPane
      title={t("dental.exam.withdraw")}
      act={t("dental.exam.withdraw_act")}
      onAct={() => form.send((reason) => mutateAsync({ id, version, reason }), onClose)}
      form={form}
      onClose={onClose}
    >
      <p>{t("dental.exam.withdraw_text")}</p>
    </ReasonPane>
  );
}
