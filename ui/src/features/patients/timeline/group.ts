import type { Observation } from "../../../generated/Observation";
import type { TimelineRow } from "../../../generated/TimelineRow";

type Kind = TimelineRow["fact"]["kind"];

/** An observation with its level, as the records judged it. */
export type Observed = { details: Observation } & Pick<TimelineRow, "level" | "act">;

/** One line of the timeline: a fact, or the observations of one minute together. */
export type TimelineItem =
  { id: string; row: TimelineRow } | { id: string; row: TimelineRow; observations: Observed[] };

/** The lines of one day, latest first; those of no known day together. */
export interface TimelineDay {
  day: string | null;
  items: TimelineItem[];
}

/**
 * What is read first of one and the same minute, and what is not named here behind it; a visit comes last, for it was
 * there before what was done in it.
 */
const FIRST: readonly Kind[] = [
  "certificate",
  "addendum",
  "note",
  "problem",
  "allergy",
  "observation",
  "attachment",
  "event",
  "medicine",
  "immunisation",
  "visit",
];

/**
 * The rows by day, in their order. Observations of one category that one person took in one minute are one line;
 * a disputed one stands alone, so that it can be seen which.
 */
export function groupDays(rows: readonly TimelineRow[]): TimelineDay[] {
  const days: TimelineDay[] = [];
  const together = new Map<string, { observations: Observed[] }>();
  for (const row of rows) {
    let day = days.at(-1);
    if (day === undefined || day.day !== row.day) {
      day = { day: row.day, items: [] };
      days.push(day);
      together.clear();
    }
    if (row.fact.kind !== "observation" || row.disputed.length > 0) {
      day.items.push({ id: row.id, row });
      continue;
    }
    const key = [row.time, row.author, row.fact.details.category].join("|");
    const { level, act } = row;
    const observed = { details: row.fact.details, level, act };
    const found = together.get(key);
    if (found) found.observations.push(observed);
    else {
      const item = { id: row.id, row, observations: [observed] };
      together.set(key, item);
      day.items.push(item);
    }
  }
  for (const day of days) day.items = inMinuteOrder(day.items);
  return days;
}

/** The items in their order, those of one minute by kind. */
function inMinuteOrder(items: readonly TimelineItem[]): TimelineItem[] {
  const minutes: TimelineItem[][] = [];
  for (const item of items) {
    const last = minutes.at(-1);
    if (last?.[0]?.row.time === item.row.time) last?.push(item);
    else minutes.push([item]);
  }
  const place = ({ row: { fact } }: TimelineItem) => {
    const at = FIRST.indexOf(fact.kind);
    return at < 0 ? FIRST.length - 1.5 : at;
  };
  return minutes.flatMap((minute) => minute.sort((one, other) => place(one) - place(other)));
}

/** Whether two groupings of a day hold the same rows: those that are here stay the same ones when further come. */
export function isSameDay(one: TimelineDay, other: TimelineDay): boolean {
  return (
    one.day === other.day &&
    one.items.length === other.items.length &&
    one.items.every((item, at) => isSameItem(item, other.items[at]))
  );
}

function isSameItem(one: TimelineItem, other: TimelineItem | undefined): boolean {
  if (!other || one.row !== other.row) return false;
  const [ours, theirs] = [one, other].map((item) => ("observations" in item ? item.observations : []));
  return (
    ours?.length === theirs?.length &&
    (ours ?? []).every(({ details, level, act }, at) => {
      const same = theirs?.[at];
      return same?.details === details && same.level === level && same.act === act;
    })
  );
}
