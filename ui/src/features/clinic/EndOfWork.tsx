import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { RefusalNote } from "../../components/RefusalNote";
import type { StaffRow } from "../../generated/StaffRow";
import { useCommand } from "../../host/use-command";
import style from "./Staff.module.css";

interface EndOfWorkProps {
  row: StaffRow;
  /** It is the person signed in. */
  self: boolean;
  onDone: (sentence: string) => void;
}

/** Ends a person's work here, after asking once. */
export function EndOfWork({ row, self, onDone }: EndOfWorkProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const end = useCommand("deactivate_user");
  const act = () => {
    const after = {
      onSuccess: () => onDone(t("staff.ended", { name: row.name })),
      onError: () => setAsking(false),
    };
    end.mutate({ user: row.id, version: row.version }, after);
  };
  return (
    <div className={style["end"]}>
      {end.error && <RefusalNote refused={end.error} />}
      {self ? (
        <p>{t("staff.self")}</p>
      ) : (
        <Button onClick={() => setAsking(true)}>{t("staff.deactivate")}</Button>
      )}
      <ConfirmDialog
        opened={asking}
        title={t("staff.deactivate_title", { name: row.name })}
        act={t("staff.deactivate_act")}
        onAct={act}
        onClose={() => setAsking(false)}
        busy={end.isPending}
      >
        {t("staff.deactivate_text")}
      </ConfirmDialog>
    </div>
  );
}
