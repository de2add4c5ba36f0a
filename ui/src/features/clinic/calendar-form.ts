import type { Calendar } from "../../generated/Calendar";

export const LISTS = ["years", "terms", "holidays"] as const;
export type ListName = (typeof LISTS)[number];

/** A stretch of days as it is typed. */
export interface Row {
  id: string;
  name: string;
  from: string;
  until: string;
}

export type Rows = Record<ListName, Row[]>;

/** What the calendar says as rows, by their first day. */
export function rowsOf(calendar: Calendar): Rows {
  const rows = (list: ListName) =>
    Object.entries(calendar[list] ?? {})
      .map(([id, { name = "", from = "", until = "" }]) => ({ id, name, from, until }))
      .sort((one, other) => one.from.localeCompare(other.from));
  return { years: rows("years"), terms: rows("terms"), holidays: rows("holidays") };
}

/** The calendar that the rows are; a holiday without a last day is one day. */
export function toDetails(rows: Rows): Calendar {
  const entries = (list: ListName) =>
    Object.fromEntries(
      rows[list].map(({ id, name, from, until }) => [id, { name: name.trim(), from, until: until || from }]),
    );
  const filled = LISTS.filter((list) => rows[list].length > 0);
  return Object.fromEntries(filled.map((list) => [list, entries(list)]));
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a row; null where nothing is. */
export function troubleOf({ name, from, until }: Row): "unnamed_one" | "no_days" | "turned" | null {
  if (!name.trim()) return "unnamed_one";
  if (!DAY.test(from)) return "no_days";
  if (until && (!DAY.test(until) || until < from)) return "turned";
  return null;
}
