import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../components/Card";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Workspace } from "../../components/Workspace";
import { useQueryOf } from "../../host/use-command";
import { Exchange } from "./Exchange";
import { Facts } from "./Facts";
import { ForkedTrails } from "./ForkedTrails";
import { RefusedList } from "./RefusedList";
import { TableCheck } from "./TableCheck";
import style from "./Health.module.css";

/** How this workstation is: what only it holds, what waits, and whether its tables are what its log says. */
export function Health({ tabs, papers }: { tabs?: ReactNode; papers?: ReactNode }) {
  const { t } = useTranslation();
  const status = useQueryOf("status", {}, { fresh: true });
  const report = useQueryOf("sync_report", {}, { fresh: true });
  const error = status.error ?? report.error;
  const again = () => {
    void status.refetch();
    void report.refetch();
  };
  return (
    <Workspace>
      {tabs}
      <Screen title={t("health.title")}>
        {error && <RefusalNote refused={error} onRetry={again} />}
        {(status.isPending || report.isPending) && <Skeleton lines={6} />}
        {status.data && report.data && (
          <div className={style["cards"]}>
            <Exchange status={status.data} report={report.data} />
            {(report.data.server || report.data.refused.length > 0) && (
              <Card title={t("health.refused")}>
                <RefusedList rows={report.data.refused} today={status.data.today} />
              </Card>
            )}
            {report.data.forked.length > 0 && (
              <Card title={t("health.forked")}>
                <ForkedTrails rows={report.data.forked} />
              </Card>
            )}
            <Card title={t("health.records")}>
              <Facts status={status.data} papers={papers} />
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
