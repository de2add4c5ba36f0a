import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/EmptyState";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import type { VitalSigns } from "../../../generated/VitalSigns";
import { useMay } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { useBarred } from "../../../forms/use-barred";
import { useLeft, type Left } from "../../../forms/use-left";
import type { TabProps } from "../../../records/parts";
import { measuredSigns } from "./columns";
import { Entry, type Saved } from "./Entry";
import { Grid } from "./Grid";
import { Plot } from "./Plot";
import { courseOf } from "./plot-shape";
import style from "./vitals.module.css";

/** The vital signs of a person: the row to type the next, their courses, and all of them by time. */
export function VitalsTab(props: TabProps) {
  const signs = useQueryOf("vital_signs", { patient: props.patient });
  const left = useLeft(props.patient, { of: "vitals" });
  if (signs.error) return <RefusalNote refused={signs.error} onRetry={() => void signs.refetch()} />;
  if (!signs.data || !left) return <Skeleton lines={8} />;
  return <Vitals {...props} known={signs.data} left={left} />;
}

interface VitalsProps extends TabProps {
  known: VitalSigns;
  left: Left;
}

function Vitals({ patient, task, onTask, known, left }: VitalsProps) {
  const { t } = useTranslation();
  const mayRecord = useMay("observation.record");
  const barred = useBarred();
  const [round, setRound] = useState(0);
  const [last, setLast] = useState<Saved | null>(null);
  const saved = (now: Saved) => {
    setLast(now);
    setRound(round + 1);
  };
  const { signs, rows, shortened } = known;
  const courses = measuredSigns(signs, rows).filter(
    (together) => together.signs[0] && courseOf(together.signs[0], rows).length > 1,
  );
  return (
    <div className={style["vitals"]}>
      {mayRecord && barred && <RefusalNote refused={barred} />}
      {mayRecord && !barred && (
        <Entry
          key={round}
          patient={patient}
          signs={signs}
          // Later rows begin empty.
          left={round === 0 ? left : { row: null }}
          beside={task !== null}
          last={last}
          onSaved={saved}
        />
      )}
      {rows.length === 0 ? (
        <EmptyState text={t(mayRecord ? "vitals.none" : "vitals.none_read")} />
      ) : (
        <Grid
          signs={signs}
          rows={rows}
          onWithdraw={
            mayRecord
              ? ({ values: [first] }) => first && onTask({ of: "vital", record: first.id })
              : undefined
          }
        />
      )}
      {shortened && <p className={style["shortened"]}>{t("vitals.shortened")}</p>}
      {courses.length > 0 && (
        <section aria-label={t("vitals.plots")} className={style["plots"]}>
          {courses.map((together) => (
            <Plot key={together.name} together={together} rows={rows} />
          ))}
        </section>
      )}
    </div>
  );
}
