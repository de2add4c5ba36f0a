import { expect, test } from "vitest";
import { daysLater, readDay } from "./read-day";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split(" ");
const read = (typed: string, from = "2026-11-21") =>
  readDay(typed, { today: "2026-11-22", from, months: MONTHS, weekdays: WEEKDAYS });

test.each([
  ["24/11/2026", "2026-11-24"],
  ["Sat 21-Nov-2026", "2026-11-21"],
  ["Saturday, 21 Nov 2026", "2026-11-21"],
  ["24/11", "2026-11-24"],
  ["24 nov", "2026-11-24"],
  ["2/1", "2027-01-02"],
  ["3d", "2026-11-23"],
  ["1 d", "2026-11-21"],
  ["+2", "2026-11-24"],
  ["31122026", "2026-12-31"],
])("%s is read as %s", (typed, day) => {
  expect(read(typed)).toEqual({ day });
});

test.each([
  ["nov 2026", "unreadable"],
  ["2026", "unreadable"],
  ["~2026", "unreadable"],
  ["soon", "unreadable"],
  ["Sat", "unreadable"],
  ["31/11", "no_such_day"],
  ["29/2", "no_such_day"],
  ["31/11/2026", "no_such_day"],
])("%s is no day: %s", (typed, trouble) => {
  expect(read(typed)).toEqual({ trouble });
});

test("days are counted across the end of a year", () => {
  expect(daysLater("2026-12-31", 1)).toBe("2027-01-01");
  expect(daysLater("2027-01-01", -1)).toBe("2026-12-31");
  expect(read("3d", "")).toEqual({ day: "2026-11-24" });
});
