import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { Card } from "../../../components/Card";
import { DataTable, type Column } from "../../../components/DataTable";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import type { EyeTreatment } from "../../../generated/EyeTreatment";
import type { MeasureRow } from "../../../generated/MeasureRow";
import type { RecordId } from "../../../generated/RecordId";
import { useZone } from "../../../host/session";
import { usePages } from "../../../host/use-pages";
import { useDates } from "../../../i18n/use-dates";
import { useWhenIn } from "../../../i18n/use-when";
import { eyeWord, readingSaid } from "./say";
import style from "./outcome.module.css";

/** The same as tables: every reading of the measure, and all that was done. */
export function OutcomeTables({ patient, code }: { patient: RecordId; code: string }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const when = useWhenIn(useZone());
  const readings = usePages("measures", { patient, code, side: null }, (page) => page.rows, { end: "after" });
  const treatments = usePages("eye_treatments", { patient }, (page) => page.rows, { end: "after" });
  const flags = ({ flags: said }: MeasureRow) => said.map((flag) => t(`outcome.flag.${flag}`)).join(", ");
  const ofReading: Column<MeasureRow>[] = [
    { head: t("outcome.column.when"), whole: true, show: ({ at }) => when(at) },
    { head: t("outcome.column.eye"), whole: true, show: ({ side }) => eyeWord(t, side) },
    { head: t("outcome.column.reading"), show: readingSaid },
    { head: t("outcome.column.note"), show: flags },
  ];
  const ofTreatment: Column<EyeTreatment>[] = [
    { head: t("outcome.column.eye"), whole: true, show: ({ side }) => t(`outcome.side.${side}`) },
    { head: t("outcome.column.what"), show: ({ label }) => label },
    { head: t("outcome.column.from"), whole: true, show: ({ from }) => date(from) },
    {
      head: t("outcome.column.until"),
      whole: true,
      show: ({ sort, until }) => (until ? date(until) : sort === "course" ? t("outcome.goes_on") : ""),
    },
    { head: t("outcome.column.stopped"), show: ({ stopped }) => stopped ?? "" },
  ];
  const error = readings.error ?? treatments.error;
  if (error) return <RefusalNote refused={error} />;
  return (
    <>
      <Card title={t("outcome.readings")}>
        {readings.rows ? (
          <DataTable
            caption={t("outcome.readings")}
            columns={ofReading}
            rows={readings.rows}
            keyOf={({ record, entry }) => `${record} ${entry}`}
            empty={null}
          />
        ) : (
          <Skeleton lines={4} />
        )}
        {readings.more && <More pages={readings} />}
      </Card>
      <Card title={t("outcome.treatments")}>
        {treatments.rows ? (
          <DataTable
            caption={t("outcome.treatments")}
            columns={ofTreatment}
            rows={treatments.rows}
            keyOf={({ record, label, from }) => `${record} ${label} ${from}`}
            empty={<p className={style["note"]}>{t("outcome.no_treatment")}</p>}
          />
        ) : (
          <Skeleton lines={4} />
        )}
        {treatments.more && <More pages={treatments} />}
      </Card>
    </>
  );
}

function More({ pages }: { pages: { fetching: boolean; fetchMore: () => void } }) {
  const { t } = useTranslation();
  return (
    <Button onClick={pages.fetchMore} loading={pages.fetching}>
      {t("forms.tab.more")}
    </Button>
  );
}
