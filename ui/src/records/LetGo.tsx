import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../components/ConfirmDialog";
import { RefusalNote } from "../components/RefusalNote";
import { useCommand } from "../host/use-command";

interface LetGoProps {
  /** Its place in the log; null while nobody is asked. */
  id: number | null;
  onClose: () => void;
}

/** Asks before a change that the server refused for no known reason is let go: nobody is reminded of it again. */
export function LetGo({ id, onClose }: LetGoProps) {
  const { t } = useTranslation();
  const aside = useCommand("set_aside");
  const letGo = () => {
    if (id !== null) aside.mutate({ id }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      opened={id !== null}
      title={t("patients.let_go.title")}
      act={t("patients.refused_let_go")}
      keep={t("patients.let_go.keep")}
      onAct={letGo}
      onClose={onClose}
      busy={aside.isPending}
    >
      {t("patients.let_go.text")}
      {aside.error && <RefusalNote refused={aside.error} />}
    </ConfirmDialog>
  );
}
