import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import { Tag } from "../../components/Tag";
import { TextButton } from "../../components/TextButton";
import type { TrailRow } from "../../generated/TrailRow";
import { refusalKind } from "../../i18n/refusal";
import { useTrailColumns } from "../../records/use-trail-columns";
import style from "./AuditTrail.module.css";

/** The columns of the trail; a patient's name leads to that patient's entries. */
export function useEntryColumns(onPatient: (patient: string) => void): Column<TrailRow>[] {
  const { t } = useTranslation();
  const { when, who, did } = useTrailColumns();
  return [
    when,
    who,
    did,
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
              {outcome === "unanswered" ? t("trail.unanswered") : refusalKind(t, outcome)}
              {times && ` ${t("trail.times", { count: times })}`}
            </div>
          </>
        ),
    },
  ];
}
