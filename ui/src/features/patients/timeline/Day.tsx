import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useDates } from "../../../i18n/use-dates";
import { FactRow } from "./FactRow";
import type { TimelineDay } from "./group";
import type { OnTask } from "../../../records/parts";
import { ObservationRow } from "./ObservationRow";
import style from "./Timeline.module.css";

/** One day of the timeline under its date; what has none stands under that word. */
export function Day({ day, today, onTask }: { day: TimelineDay; today: boolean; onTask: OnTask }) {
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
