import { useTranslation } from "react-i18next";
import { ReasonPane } from "../../forms/ReasonPane";
import { useReason } from "../../forms/use-reason";
import { useCommand } from "../../host/use-command";
import { FileFrame, type FileForm, type OfFile } from "./FileFrame";

/** Withdraws a file that was filed in error. It stays in the history with the reason. */
export function WithdrawFile(props: OfFile) {
  const { t } = useTranslation();
  return (
    <FileFrame {...props} title={t("files.withdraw.title")}>
      {(view, left) => <Form {...props} view={view} left={left} />}
    </FileFrame>
  );
}

function Form({ patient, task, view, left, onTask }: FileForm) {
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
