import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useZone } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { clockText, dayAt } from "../../../i18n/dates";
import { useDates } from "../../../i18n/use-dates";
import { inReadingOrder, measured } from "../../../i18n/measured";
import { useClock } from "../../../i18n/use-clock";
import { Values } from "../Values";
import { byTaking, type Taking } from "./vitals";
import style from "./Vitals.module.css";

/** The last of each vital sign under the time and hand of its taking; grey once it is a day old. */
export function Vitals({ patient, onAll }: { patient: RecordId; onAll: () => void }) {
  const { t } = useTranslation();
  const mayRecord = useMay("observation.record");
  const act = t(mayRecord ? "vitals.record" : "vitals.all");
  return (
    <Card
      title={t("patients.vitals")}
      action={
        <TextButton aria-label={`${act}: ${t("patients.vitals")}`} onClick={onAll}>
          {act}
        </TextButton>
      }
    >
      <Latest patient={patient} />
    </Card>
  );
}

function Latest({ patient }: { patient: RecordId }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const latest = useQueryOf("latest_vitals", { patient });
  const now = useClock(useZone());
  if (latest.error) return <RefusalNote refused={latest.error} onRetry={() => void latest.refetch()} />;
  if (!latest.data) return <Skeleton lines={6} />;
  const { vitals, more } = latest.data;
  if (vitals.length === 0) return <p className={style["none"]}>{t("patients.no_vitals")}</p>;
  const author = (taking: Taking) => (taking.imported ? t("patients.imported") : taking.author);
  const when = (at: string | null, day: string | undefined) => {
    if (!at) return day ? date(day) : t("patients.undated");
    const taken = dayAt(at, now.zone);
    const clock = clockText(at, now.zone);
    return taken === now.day ? t("patients.today_at", { time: clock }) : `${date(taken)} ${clock}`;
  };
  return (
    <>
      {byTaking(vitals, now.at).map((taking) => (
        <div key={taking.key} className={style["taking"]} data-old={taking.old}>
          <p className={style["head"]}>
            <time>{when(taking.at, taking.day)}</time>
            {author(taking) && <span> · {author(taking)}</span>}
          </p>
          <Values
            all={inReadingOrder(taking.vitals.map(({ details, level }) => ({ ...measured(details), level })))}
          />
        </div>
      ))}
      {more > 0 && <p className={style["none"]}>{t("patients.more_vitals", { count: more })}</p>}
    </>
  );
}
