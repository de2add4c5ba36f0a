/**
 * Dates as they are shown. A day is `YYYY-MM-DD`; a date with precision is one of `1999-07-14`, `1999-07`, `1999`
 * or `~1999`, where `~` means estimated. An instant is an RFC 3339 text; the site's IANA zone decides its day.
 */

/** `14-Jul-1945`; `Jul-1945`, `1945` and `~1945` for lesser precision. `months` are twelve short names. */
export function dateText(date: string, months: readonly string[]): string {
  const [year = "", month, day] = date.split("-");
  if (!month) return year;
  const name = months[Number(month) - 1] ?? month;
  return day ? `${day}-${name}-${year}` : `${name}-${year}`;
}

/** True for a date that is only estimated. */
export function isEstimated(date: string): boolean {
  return date.startsWith("~");
}

/** The 24-hour clock time of an instant at the site, `08:10`. */
export function clockText(instant: string, zone: string): string {
  const at = partsAt(instant, zone);
  return `${at["hour"]}:${at["minute"]}`;
}

/** The day of an instant at the site, `YYYY-MM-DD`. */
export function dayAt(instant: string, zone: string): string {
  const at = partsAt(instant, zone);
  return `${at["year"]}-${at["month"]}-${at["day"]}`;
}

/** The weekday of a day: 0 Monday to 6 Sunday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Days from `from` to `to`, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function partsAt(instant: string, zone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
}
