import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Pane } from "../../components/Pane";
import { RefusalNote } from "../../components/RefusalNote";
import type { WorkstationRow } from "../../generated/WorkstationRow";
import { useCommand } from "../../host/use-command";
import { stateOf, useHeard } from "./workstation-columns";
import style from "./Workstations.module.css";

interface RowPaneProps {
  row: WorkstationRow;
  onClose: () => void;
  /** It was ended; the sentence says so. */
  onDone: (sentence: string) => void;
}

/** One workstation, and its end after asking once. */
export function RowPane({ row, onClose, onDone }: RowPaneProps) {
  const { t } = useTranslation();
  const heard = useHeard();
  const [asking, setAsking] = useState(false);
  const end = useCommand("revoke_workstation");
  const { id, version, name } = row;
  const act = () => {
    const after = {
      onSuccess: () => onDone(t("workstations.end_done", { name })),
      onError: () => setAsking(false),
    };
    end.mutate({ workstation: id, version }, after);
  };
  return (
    <Pane title={name} onClose={onClose}>
      <div className={style["pane"]}>
        {end.error && <RefusalNote refused={end.error} />}
        <dl className={style["facts"]}>
          <dt>{t("workstations.site")}</dt>
          <dd>{row.site}</dd>
          <dt>{t("workstations.heard")}</dt>
          <dd data-figures>{heard(row)}</dd>
          <dt>{t("workstations.state")}</dt>
          <dd>{t(`workstations.${stateOf(row)}`)}</dd>
        </dl>
        {row.this && <p className={style["note"]}>{t("workstations.end_self")}</p>}
        {row.active && !row.this && (
          <div>
            <Button onClick={() => setAsking(true)}>{t("workstations.end")}</Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        opened={asking}
        title={t("workstations.end_title", { name })}
        act={t("workstations.end_act")}
        onAct={act}
        onClose={() => setAsking(false)}
        busy={end.isPending}
      >
        {t("workstations.end_text")}
      </ConfirmDialog>
    </Pane>
  );
}
