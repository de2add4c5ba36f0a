import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import { Tag } from "../../components/Tag";
import { TextButton } from "../../components/TextButton";
import type { TrailRow } from "../../generated/TrailRow";
import { useZone } from "../../host/session";
import { clockText, dayAt } from "../../i18n/dates";
import { refusalText } from "../../i18n/refusal";
import { useDates } from "../../i18n/use-dates";
import { actionWord } from "../../records/words";
import { spoken } from "../../i18n/spoken";
import style from "./AuditTrail.module.css";

/** The columns of the trail; a patient's name leads to that patient's entries. */
export function useTrailColumns(onPatient: (patient: string) => void): Column<TrailRow>[] {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  return [
    {
      head: t("trail.when"),
      whole: true,
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
          {user ?? <span className={style["quiet"]}>{t("trail.nobody")}</span>}
          {role && <div className={style["small"]}>{spoken(t, `role.${role}`, role)}</div>}
        </>
      ),
    },
    {
      head: t("trail.did"),
      show: ({ action, reason }) => (
        <>
          {actionWord(t, action)}
          {reason && <div className={style["small"]}>{reason}</div>}
        </>
      ),
    },
    {
      head: t("trail.about"),
      whole: true,
      show: ({ patient, name }) =>
        patient && (
          <TextButton title={t("trail.one_patient")} onClick={() => onPatient(patient)}>
            <bdi>{name ?? t("trail.of_patient", { tail: patient.slice(-6) })}</bdi>
          </TextButton>
        ),
    },
    {
      head: t("trail.outcome"),
      show: ({ outcome, times }) =>
        outcome === "done" ? (
          <span className={style["quiet"]}>{t("trail.done")}</span>
        ) : (
          <>
            <Tag kind="warn">{t("trail.refused")}</Tag>
            <div className={style["small"]}>
              {outcome === "unanswered"
                ? t("trail.unanswered")
                : refusalText(t, { code: outcome, fields: {} }).what}
              {times && ` ${t("trail.times", { count: times })}`}
            </div>
          </>
        ),
    },
  ];
}
