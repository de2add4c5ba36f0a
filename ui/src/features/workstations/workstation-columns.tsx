import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import { Tag } from "../../components/Tag";
import type { WorkstationRow } from "../../generated/WorkstationRow";
import { useQueryOf } from "../../host/use-command";
import { instantText } from "../../i18n/sync-words";
import { useDates } from "../../i18n/use-dates";

/** The columns of the list of workstations. */
export function useWorkstationColumns(): Column<WorkstationRow>[] {
  const { t } = useTranslation();
  const heard = useHeard();
  return [
    {
      head: t("workstations.name"),
      show: ({ name, this: here }) => (
        <>
          <b>{name}</b> {here && <Tag kind="go">{t("workstations.this")}</Tag>}
        </>
      ),
    },
    { head: t("workstations.site"), show: ({ site }) => site },
    { head: t("workstations.heard"), whole: true, show: heard },
    {
      head: t("workstations.state"),
      whole: true,
      show: ({ active, this: here, heard: last }) => {
        if (!active) return <Tag>{t("workstations.ended")}</Tag>;
        // A code was given for it, and nothing has come from it yet.
        if (!here && !last) return <Tag>{t("workstations.not_joined")}</Tag>;
        return <Tag kind="ok">{t("workstations.active")}</Tag>;
      },
    },
  ];
}

/** When the last of what was written at a workstation and has arrived here was written, in words. */
export function useHeard(): (row: WorkstationRow) => string {
  const { t } = useTranslation();
  const { date } = useDates();
  const today = useQueryOf("status", {}).data?.today;
  return (row) => {
    if (row.this) return t("workstations.heard_now");
    if (!row.heard) return t("workstations.heard_never");
    return instantText(row.heard, (day, time) =>
      day === null || day === today ? time : `${date(day)} ${time}`,
    );
  };
}
