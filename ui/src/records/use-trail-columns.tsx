import { useTranslation } from "react-i18next";
import type { Column } from "../components/DataTable";
import type { TrailRow } from "../generated/TrailRow";
import { useZone } from "../host/session";
import { clockText, dayAt } from "../i18n/dates";
import { spoken } from "../i18n/spoken";
import { useDates } from "../i18n/use-dates";
import { actionWord } from "./words";
import style from "./trail-columns.module.css";

/** When an entry of the trail was made, by whom, and what they did: the columns of every table of entries. */
export function useTrailColumns(): Record<"when" | "who" | "did", Column<TrailRow>> {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  return {
    when: {
      head: t("trail.when"),
      whole: true,
      show: ({ wall }) => (
        <time dateTime={wall}>
          {date(dayAt(wall, zone))} <span data-figures>{clockText(wall, zone)}</span>
        </time>
      ),
    },
    who: {
      head: t("trail.who"),
      show: ({ user, role }) => (
        <>
          {user ?? t("trail.nobody")}
          {role && <div className={style["small"]}>{spoken(t, `role.${role}`, role)}</div>}
        </>
      ),
    },
    did: {
      head: t("trail.did"),
      show: ({ action, reason }) => (
        <>
          {actionWord(t, action)}
          {reason && <div className={style["small"]}>{reason}</div>}
        </>
      ),
    },
  };
}
