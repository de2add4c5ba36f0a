import { IconDevices } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { Card } from "../../components/Card";
import { DataTable } from "../../components/DataTable";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import type { WorkstationRow } from "../../generated/WorkstationRow";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { AddPane } from "./AddPane";
import { AttachForm } from "./AttachForm";
import { RowPane } from "./RowPane";
import { TrustPane } from "./TrustPane";
import { useWorkstationColumns } from "./workstation-columns";
import style from "./Workstations.module.css";

type Task = { kind: "add" } | { kind: "trust" } | { kind: "row"; id: string };

/** The computers of the clinic and the server between them; whoever may not change them only reads the list. */
export function Workstations({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const mayEdit = useMay("workstation.edit");
  const list = useQueryOf("workstations", {});
  const columns = useWorkstationColumns();
  const [task, setTask] = useState<Task | null>(null);
  const rows = list.data?.rows ?? [];
  const server = list.data?.server ?? null;
  const row = task?.kind === "row" ? rows.find(({ id }) => id === task.id) : undefined;
  const close = () => setTask(null);
  const done = (sentence: string) => {
    close();
    tell(sentence);
  };
  const pane =
    task?.kind === "add" ? (
      <AddPane onClose={close} />
    ) : task?.kind === "trust" ? (
      <TrustPane onClose={close} onDone={done} />
    ) : (
      row && <RowPane key={row.id} row={row} onClose={close} onDone={done} />
    );
  const AddButton = task ? Button : PrimaryButton;
  const add = mayEdit && server !== null && (
    <AddButton
      onClick={() => setTask({ kind: "add" })}
      leftSection={<IconDevices size="1rem" stroke={1.8} />}
    >
      {t("workstations.add")}
    </AddButton>
  );
  return (
    <Workspace pane={pane}>
      {tabs}
      <Screen title={t("workstations.title")} action={add}>
        {list.error && <RefusalNote refused={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton lines={4} />}
        {list.data && (
          <div className={style["parts"]}>
            <Card title={t("workstations.server")}>
              <div className={style["server"]}>
                <p>{server ? t("workstations.server_is", { server }) : t("workstations.server_none")}</p>
                <p>
                  {t("workstations.fingerprint")} <code>{list.data.fingerprint}</code>
                </p>
                {list.data.server_fingerprint && (
                  <p>
                    {t("workstations.server_fingerprint")} <code>{list.data.server_fingerprint}</code>
                  </p>
                )}
                {server && mayEdit && (
                  <Acts>
                    <Button onClick={() => setTask({ kind: "trust" })}>{t("workstations.trust")}…</Button>
                  </Acts>
                )}
                {!server && mayEdit && <AttachForm onDone={() => tell(t("workstations.attached"))} />}
              </div>
            </Card>
            <DataTable<WorkstationRow>
              caption={t("workstations.caption")}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              {...(mayEdit ? { onOpen: ({ id }) => setTask({ kind: "row", id }) } : {})}
              empty={null}
            />
          </div>
        )}
      </Screen>
    </Workspace>
  );
}
