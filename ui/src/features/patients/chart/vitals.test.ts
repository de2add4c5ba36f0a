import { expect, test } from "vitest";
import type { Vital } from "../../../generated/Vital";
import { byTaking } from "./vitals";

const NOW = Date.parse("2026-11-22T10:42:00Z");
const vital = (
  id: string,
  at: string | null,
  author: string | null = "Nurse Liza Cruz",
  day?: string,
): Vital => ({
  id,
  version: 1,
  at,
  author,
  imported: false,
  level: "unknown",
  levels: {},
  details: day ? { day } : {},
});
const shape = (vitals: Vital[]) =>
  byTaking(vitals, NOW).map(({ old, vitals: taken }) => [old, taken.map(({ id }) => id).join("")]);

test("what one hand took in one minute stands together", () => {
  const vitals = [
    vital("a", "2026-11-22T10:14:05Z"),
    vital("b", "2026-11-22T18:14:50+08:00"),
    vital("c", "2026-11-22T10:14:05Z", "Dr Maria Reyes"),
    vital("d", "2026-11-22T10:13:59Z"),
  ];
  expect(shape(vitals)).toEqual([
    [false, "ab"],
    [false, "c"],
    [false, "d"],
  ]);
});

test("after a day, and where no time is known, a value is old", () => {
  const vitals = [
    vital("a", "2026-11-21T10:42:00Z"),
    vital("b", "2026-11-21T10:41:00Z"),
    vital("c", null, null, "2026-11-22"),
    vital("d", null, null, "2026-11-20"),
    vital("e", null, null),
  ];
  expect(shape(vitals)).toEqual([
    [false, "a"],
    [true, "b"],
    [false, "c"],
    [true, "d"],
    [true, "e"],
  ]);
});
