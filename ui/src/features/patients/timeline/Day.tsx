import { memo, useId } from "react";
import { useTranslation } from "react-i18next";
import { useDates } from "../../../i18n/use-dates";
import { FactRow } from "./FactRow";
import { isSameDay, type TimelineDay } from "./group";
import type { OnTask } from "../../../records/parts";
import { ObservationRow } from "./ObservationRow";
import style from "./Timeline.module.css";

interface DayProps {
  day: TimelineDay;
  today: boolean;
  onTask: OnTask;
}

/**
 * One day of the timeline under its date; what has none stands under that word. A chart is drawn as its parts come in and
 * further pages follow: a day is drawn again only when something in it is another.
 */
export const Day = memo(
  OneDay,
  (one, other) => one.today === other.today && one.onTask === other.onTask && isSameDay(one.day, other.day),
);

function OneDay({ day, today, onTask }: DayProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const id = useId();
  return (
    <section className={style["day"]} aria-labelledby={id}>
      <h3 id={id}>
        {day.day === null ? (
          t("patients.undated")
        ) : (
          <time dateTime={day.day}>{today ? t("date.today", { date: date(day.day) }) : date(day.day)}</time>
        )}
      </h3>
      <ol className={style["list"]}>
        {day.items.map((item) =>
          "observations" in item ? (
            <ObservationRow key={item.id} row={item.row} observations={item.observations} onTask={onTask} />
          ) : (
            <FactRow key={item.id} row={item.row} onTask={onTask} />
          ),
        )}
      </ol>
    </section>
  );
}
