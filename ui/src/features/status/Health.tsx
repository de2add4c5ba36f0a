import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import { useQueryOf } from "../../host/use-command";
import { Facts } from "./Facts";
import { TableCheck } from "./TableCheck";
import style from "./Health.module.css";

/** How this workstation is: what only it holds, what waits, and whether its tables are what its log says. */
export function Health({ tabs }: { tabs?: ReactNode }) {
  const { t } = useTranslation();
  const status = useQueryOf("status", {}, { fresh: true });
  return (
    <Workspace>
      {tabs}
      <Screen title={t("health.title")}>
        {status.error && <RefusalNote refused={status.error} onRetry={() => void status.refetch()} />}
        {status.isPending && <Skeleton lines={6} />}
        {status.data && (
          <div className={style["cards"]}>
            <Card title={t("health.records")}>
              <Facts status={status.data} />
            </Card>
            <Card title={t("health.check")}>
              <TableCheck />
            </Card>
          </div>
        )}
      </Screen>
    </Workspace>
  );
}
