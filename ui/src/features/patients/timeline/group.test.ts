import { expect, test } from "vitest";
import type { TimelineRow } from "../../../generated/TimelineRow";
import { groupDays, isSameDay } from "./group";

let made = 0;
const row = (day: string | null, time: string | null, more: Partial<TimelineRow> = {}): TimelineRow => ({
  id: `r${++made}`,
  version: 1,
  at: 0,
  day,
  time,
  author: "Nurse Liza Cruz",
  imported: false,
  signed: false,
  disputed: [],
  shortened: false,
  level: null,
  levels: {},
  act: null,
  fact: { kind: "observation", details: { category: "vital-signs" } },
  ...more,
});
const shape = (rows: TimelineRow[]) =>
  groupDays(rows).map(({ day, items }) => [
    day,
    ...items.map((item) => ("observations" in item ? item.observations.length : item.row.fact.kind)),
  ]);
const note = { fact: { kind: "note", details: {} } } as const;

test("the observations of one minute are one line, also when something stands between them", () => {
  const rows = [
    row("2026-11-22", "10:14"),
    row("2026-11-22", "10:14", note),
    row("2026-11-22", "10:14"),
    row("2026-11-22", "10:13"),
    row("2026-11-21", "10:14"),
  ];
  expect(shape(rows)).toEqual([
    ["2026-11-22", "note", 2, 1],
    ["2026-11-21", 1],
  ]);
});

test("another hand, another category or a dispute stands alone", () => {
  const rows = [
    row("2026-11-22", "10:14"),
    row("2026-11-22", "10:14", { author: "Dr Maria Reyes" }),
    row("2026-11-22", "10:14", { fact: { kind: "observation", details: { category: "laboratory" } } }),
    row("2026-11-22", "10:14", { disputed: [""] }),
  ];
  expect(shape(rows)).toEqual([["2026-11-22", 1, 1, 1, "observation"]]);
});

test("where only the day is known, the day's observations are one line", () => {
  expect(shape([row("2026-11-22", null), row("2026-11-22", null)])).toEqual([["2026-11-22", 2]]);
});

test("what has no date is a group of its own, and the first row opens it too", () => {
  const undated = row(null, null, note);
  expect(shape([row("2026-11-22", null), undated])).toEqual([
    ["2026-11-22", 1],
    [null, "note"],
  ]);
  expect(shape([undated])).toEqual([[null, "note"]]);
});

test("of one minute a visit comes last, for it was there before what was done in it", () => {
  const visit = { fact: { kind: "visit", details: {} } } as const;
  const rows = [
    row("2026-11-22", "10:14", visit),
    row("2026-11-22", "10:14"),
    row("2026-11-22", "10:13", note),
  ];
  expect(shape(rows)).toEqual([["2026-11-22", 1, "visit", "note"]]);
});

test("a day is the same while its rows are, whatever comes behind it, and another once one of them changed", () => {
  const first = row("2026-11-22", "10:14");
  const second = row("2026-11-22", "10:14");
  const later = row("2026-11-21", "09:00", note);
  const isSame = (before: TimelineRow[], after: TimelineRow[]) => {
    const [[one], [other]] = [groupDays(before), groupDays(after)];
    return one && other && isSameDay(one, other);
  };
  expect(isSame([first, second], [first, second, later])).toBe(true);
  expect(isSame([first, second], [first])).toBe(false);
  expect(isSame([first, second], [first, { ...second, level: "high" }])).toBe(false);
  expect(isSame([first, second], [first, { ...second, disputed: ["at"] }])).toBe(false);
  expect(isSame([later], [{ ...later, signed: true }])).toBe(false);
});
