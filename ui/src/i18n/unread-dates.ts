import type { DateTrouble } from "./date-entry";

/** What stands in a date field and cannot be read, as it was typed, and why. */
export interface UnreadDate {
  text: string;
  trouble: DateTrouble;
}

/** The dates of a form that cannot be read, by field: they are kept with the rest of its typing and never saved. */
export type UnreadDates = Readonly<Record<string, UnreadDate>>;

/** The same, with what is known now of one field: what cannot be read there, or null. */
export function withUnread(all: UnreadDates, name: string, now: UnreadDate | null): UnreadDates {
  const others = Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));
  return now ? { ...others, [name]: now } : others;
}

/** Whether there is a date that cannot be read. */
export function anyUnread(all: UnreadDates): boolean {
  return Object.keys(all).length > 0;
}
