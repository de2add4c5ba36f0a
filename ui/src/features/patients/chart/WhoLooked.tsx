import { useTranslation } from "react-i18next";
import { DataTable } from "../../../components/DataTable";
import { EmptyState } from "../../../components/EmptyState";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { Tag } from "../../../components/Tag";
import { useQueryOf } from "../../../host/use-command";
import { clockText, dayAt } from "../../../i18n/dates";
import { refusalText } from "../../../i18n/refusal";
import { useDates } from "../../../i18n/use-dates";
import { useZone } from "../../../host/session";
import { useClock } from "../../../i18n/use-clock";
import type { TabProps } from "../../../records/parts";
import { actionWord } from "../../../records/words";
import { spoken } from "../../../i18n/spoken";
import style from "./Chart.module.css";

/** Who opened this chart or changed it, and when. */
export function WhoLooked({ patient }: TabProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { zone } = useClock(useZone());
  const looked = useQueryOf("who_looked", { patient }, { fresh: true });
  if (looked.error) return <RefusalNote refused={looked.error} onRetry={() => void looked.refetch()} />;
  if (!looked.data) return <Skeleton lines={8} />;
  return (
    <>
      <p className={style["role"]}>{t("trail.here_only")}</p>
      <DataTable
        caption={t("patients.tab.who_looked")}
        rows={looked.data.rows}
        keyOf={(row) => String(row.seq)}
        columns={[
          {
            head: t("trail.when"),
            show: ({ wall }) => (
              <time dateTime={wall}>
                {date(dayAt(wall, zone))} <span data-figures>{clockText(wall, zone)}</span>
              </time>
            ),
          },
          {
            head: t("trail.who"),
            show: ({ user, role }) => (
              <>
                {user ?? t("trail.nobody")}
                {role && <div className={style["role"]}>{spoken(t, `role.${role}`, role)}</div>}
              </>
            ),
          },
          {
            head: t("trail.did"),
            show: ({ action, reason }) => (
              <>
                {actionWord(t, action)}
                {reason && <div className={style["role"]}>{reason}</div>}
              </>
            ),
          },
          {
            head: t("trail.outcome"),
            show: ({ outcome }) =>
              outcome === "done" ? (
                <Tag kind="ok">{t("trail.done")}</Tag>
              ) : (
                refusalText(t, { code: outcome, fields: {} }).what
              ),
          },
        ]}
        empty={<EmptyState text={t("trail.empty")} />}
      />
    </>
  );
}
