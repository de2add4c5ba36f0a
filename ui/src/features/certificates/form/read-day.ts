import { readDate, type DateTrouble } from "../../../i18n/date-entry";

/** What a typed day is read against. */
export interface Around {
  today: string;
  /** The first day of a stretch, from which `3d` counts. */
  from?: string | undefined;
  months: readonly string[];
  weekdays: readonly string[];
}

export type DayEntry = { day: string } | { trouble: DateTrouble };

const DAY = 86_400_000;

/** The day so many days later. */
export function daysLater(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/**
 * Reads a day as it is typed: any whole date, also after its weekday; `24/11` for the nearest one; `3d` for the last
 * of three days; `+2` for two days from today.
 */
export function readDay(typed: string, around: Around): DayEntry {
  const { today, from, months } = around;
  const text = withoutWeekday(typed.trim(), around.weekdays);
  const count = /^(\d{1,3})\s*d$/i.exec(text);
  if (count) return { day: daysLater(from || today, Math.max(0, Number(count[1]) - 1)) };
  const later = /^\+\s*(\d{1,3})$/.exec(text);
  if (later) return { day: daysLater(today, Number(later[1])) };
  const whole =
    /^\d{1,2}[\s/.-]*(?:\d{1,2}|\p{L}{3,})$/u.test(text) && !/^\d{3,}$/.test(text)
      ? nearest(text, today, months)
      : null;
  const read = whole ?? readDate(text, today, months, "any");
  if ("trouble" in read) return read;
  // A month is no day, and neither is a year that is only estimated.
  return /^\d{4}-\d{2}-\d{2}$/.test(read.date) ? { day: read.date } : { trouble: "unreadable" };
}

/** A day without its year is the nearest one. */
function nearest(text: string, today: string, months: readonly string[]): ReturnType<typeof readDate> {
  const year = Number(today.slice(0, 4));
  const parts = text.match(/\p{L}+|\d+/gu) ?? [];
  const found = [year - 1, year, year + 1]
    .map((each) => readDate([...parts, each].join(" "), today, months, "any"))
    .filter((read) => "date" in read);
  const far = (date: string) => Math.abs(Date.parse(date) - Date.parse(today));
  const [best] = found.sort((one, other) => far(one.date) - far(other.date));
  return best ?? readDate([...parts, year].join(" "), today, months, "any");
}

function withoutWeekday(text: string, weekdays: readonly string[]): string {
  const [, word = "", rest = ""] = /^(\p{L}[\p{L}\p{M}]*)[.,]?\s+(.*)$/u.exec(text) ?? [];
  const known = weekdays.some((day) => day && word.toLowerCase().startsWith(day.toLowerCase()));
  return known && rest ? rest : text;
}
