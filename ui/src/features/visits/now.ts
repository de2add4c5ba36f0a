import { useSession } from "../../host/session";
import { useDates } from "../../i18n/use-dates";
import { clockText, dayAt } from "../../i18n/dates";
import { useClock, type Clock } from "../../i18n/use-clock";

/** The present at the site. */
export function useNow(): Clock {
  return useClock(useSession()?.time_zone ?? "UTC");
}

/** An instant as it is told at the site: `10:32` today, `03-Sep-2026 14:05` on another day. */
export function useWhen(): (instant: string) => string {
  const { date } = useDates();
  const { zone, day } = useNow();
  return (instant) => {
    const on = dayAt(instant, zone);
    const clock = clockText(instant, zone);
    return on === day ? clock : `${date(on)} ${clock}`;
  };
}
