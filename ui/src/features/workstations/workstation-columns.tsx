import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import { Small } from "../../components/Small";
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
      show: ({ name, this: here, follows }) => (
        <>
          <b>{name}</b> {here && <Tag kind="go">{t("workstations.this")}</Tag>}
          {follows && <Small>{t("workstations.follows", { name: follows })}</Small>}
        </>
      ),
    },
    { head: t("workstations.site"), show: ({ site }) => site },
    { head: t("workstations.heard"), whole: true, show: heard },
    {
      head: t("workstations.state"),
      whole: true,
      show: (row) => {
        const state = stateOf(row);
        return <Tag kind={state === "active" ? "ok" : "plain"}>{t(`workstations.${state}`)}</Tag>;
      },
    },
  ];
}

/** How a workstation stands: a code was given for one from which nothing has come yet. */
export function stateOf({ active, this: here, heard }: WorkstationRow): "ended" | "not_joined" | "active" {
  if (!active) return "ended";
  return here || heard ? "active" : "not_joined";
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
