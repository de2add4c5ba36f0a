import { clockText, dayAt } from "./dates";
import { useClock } from "./use-clock";
import { useDates } from "./use-dates";

/** An instant as it is told in a time zone: `10:32` today, `03-Sep-2026 14:05` on another day. */
export function useWhenIn(timeZone: string): (instant: string) => string {
  const { date } = useDates();
  const { zone, day } = useClock(timeZone);
  return (instant) => {
    const on = dayAt(instant, zone);
    const clock = clockText(instant, zone);
    return on === day ? clock : `${date(on)} ${clock}`;
  };
}
