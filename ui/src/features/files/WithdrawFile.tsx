import { useTranslation } from "react-i18next";
import { ReasonPane } from "../../forms/ReasonPane";
import { TaskFrame } from "../../forms/TaskFrame";
import type { Left } from "../../forms/use-left";
import { useReason } from "../../forms/use-reason";
import type { RecordId } from "../../generated/RecordId";
import { useCommand } from "../../host/use-command";
import type { TaskProps } from "../../records/parts";
import type { FileView } from "./types";

type OfFile = TaskProps<"attachment"> & { file: RecordId };

/** Withdraws a file that was filed in error. It stays in the history with the reason. */
export function WithdrawFile(props: OfFile) {
  const { patient, task, file, onTask } = props;
  const { t } = useTranslation();
  return (
    <TaskFrame
      title={t("files.withdraw.title")}
      patient={patient}
      task={task}
      ask={["file", { file }]}
      find={(view) => (view.patient === patient ? view : null)}
      onClose={() => onTask({ of: "file", file })}
    >
      {(view, left) => <Form {...props} view={view} left={left} />}
    </TaskFrame>
  );
}

function Form({ patient, task, view, left, onTask }: OfFile & { view: FileView; left: Left }) {
  const { t } = useTranslation();
  const { mutateAsync } = useCommand("void_file");
  const back = () => onTask({ of: "file", file: view.id });
  const form = useReason({ patient, task, left, onClose: back });
  const withdraw = (reason: string) => mutateAsync({ id: view.id, version: view.version, reason });
  return (
    <ReasonPane
      title={t("files.withdraw.title")}
      act={t("files.withdraw.send")}
      onAct={() => form.send(withdraw, () => onTask(null))}
      form={form}
      onClose={back}
    >
      <p>
        <b>{view.details.title}</b>
      </p>
      <p>{t("files.withdraw.text")}</p>
    </ReasonPane>
  );
}
