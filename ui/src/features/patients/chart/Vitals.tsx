import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { Reading } from "../../../components/Reading";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useZone } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { clockText, dayAt } from "../../../i18n/dates";
import { useDates } from "../../../i18n/use-dates";
import { inReadingOrder, measured } from "../../../i18n/measured";
import { useMeasuredWords } from "../../../i18n/use-measured-words";
import { useClock } from "../../../i18n/use-clock";
import { byTaking, type Taking } from "./vitals";
import style from "./Vitals.module.css";

/** The last of each vital sign under the time and hand of its taking; grey once it is a day old. */
export function Vitals({ patient, onAll }: { patient: RecordId; onAll: () => void }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const latest = useQueryOf("latest_vitals", { patient });
  const { name } = useMeasuredWords();
  const now = useClock(useZone());
  const mayRecord = useMay("observation.record");
  const action = (
    <TextButton
      aria-label={`${t(mayRecord ? "vitals.record" : "vitals.all")}: ${t("patients.vitals")}`}
      onClick={onAll}
    >
      {t(mayRecord ? "vitals.record" : "vitals.all")}
    </TextButton>
  );
  if (latest.error) {
    return (
      <Card title={t("patients.vitals")} action={action}>
        <RefusalNote refused={latest.error} onRetry={() => void latest.refetch()} />
      </Card>
    );
  }
  if (!latest.data) {
    return (
      <Card title={t("patients.vitals")} action={action}>
        <Skeleton lines={6} />
      </Card>
    );
  }
  const { vitals, more } = latest.data;
  if (vitals.length === 0) {
    return (
      <Card title={t("patients.vitals")} action={action}>
        <p className={style["none"]}>{t("patients.no_vitals")}</p>
      </Card>
    );
  }
  const author = (taking: Taking) => (taking.imported ? t("patients.imported") : taking.author);
  const when = (at: string | null, day: string | undefined) => {
    if (!at) return day ? date(day) : t("patients.undated");
    const taken = dayAt(at, now.zone);
    const clock = clockText(at, now.zone);
    return taken === now.day ? t("patients.today_at", { time: clock }) : `${date(taken)} ${clock}`;
  };
  return (
    <Card title={t("patients.vitals")} action={action}>
      {byTaking(vitals, now.at).map((taking) => (
        <div key={taking.key} className={style["taking"]} data-old={taking.old}>
          <p className={style["head"]}>
            <time>{when(taking.at, taking.day)}</time>
            {author(taking) && <span> · {author(taking)}</span>}
          </p>
          <dl className={style["values"]} data-figures>
            {inReadingOrder(taking.vitals.map(({ details, level }) => ({ ...measured(details), level }))).map(
              (each) => (
                <div key={each.sign ?? each.name}>
                  <dt>{name(each)}</dt>
                  <dd>
                    <Reading level={each.level} exact={each.exact}>
                      {each.value}
                    </Reading>
                  </dd>
                  <dd>{each.unit}</dd>
                </div>
              ),
            )}
          </dl>
        </div>
      ))}
      {more > 0 && <p className={style["none"]}>{t("patients.more_vitals", { count: more })}</p>}
    </Card>
  );
}
