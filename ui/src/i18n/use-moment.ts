import { useDates } from "./use-dates";
import { instantText } from "./sync-words";

/** Writes an instant, which carries the site's own offset, as a time of day; of another day than today with the day. */
export function useMoment(today: string): (at: string) => string {
  const { date } = useDates();
  return (at) =>
    instantText(at, (day, time) => (day === null || day === today ? time : `${date(day)} ${time}`));
}
