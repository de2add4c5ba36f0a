import { expect, test } from "vitest";
import { readDate } from "./date-entry";

const TODAY = "2026-11-22";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const SPANISH = "ene feb mar abr may jun jul ago sep oct nov dic".split(" ");

test.each([
  ["14/7/1999", "1999-07-14"],
  ["14.07.1999", "1999-07-14"],
  ["14-7-1999", "1999-07-14"],
  ["14 jul 1999", "1999-07-14"],
  ["14-Jul-1999", "1999-07-14"],
  ["14jul1999", "1999-07-14"],
  ["14 July 1999", "1999-07-14"],
  ["14071999", "1999-07-14"],
  ["1999-07-14", "1999-07-14"],
  [" 22/11/2026 ", "2026-11-22"],
  ["29/2/2024", "2024-02-29"],
  ["jul 1999", "1999-07"],
  ["7/1999", "1999-07"],
  ["1999-07", "1999-07"],
  ["1999", "1999"],
  ["~1999", "~1999"],
  ["~ 1999", "~1999"],
  ["27y", "~1999"],
  ["27 y", "~1999"],
  ["3m", "~2026-08"],
  ["18 months", "~2025-05"],
  ["5w", "~2026-10"],
  ["19990714", "1999-07-14"],
  ["20011203", "2001-12-03"],
  ["July 14, 1999", "1999-07-14"],
])("%s is read as %s", (typed, date) => {
  expect(readDate(typed, TODAY, MONTHS)).toEqual({ date });
});

test.each([
  ["", "unreadable"],
  ["yesterday", "unreadable"],
  ["14 xyz 1999", "unreadable"],
  ["14/7/1999/3", "unreadable"],
  ["14?7?1999", "unreadable"],
  ["27", "unreadable"],
  ["14/7/99", "short_year"],
  ["29/2/2026", "no_such_day"],
  ["31/4/1999", "no_such_day"],
  ["14/13/1999", "no_such_day"],
  ["2/29/2000", "day_first"],
  ["14 14 jul", "unreadable"],
  ["99999999", "no_such_day"],
  ["0/7/1999", "no_such_day"],
  ["13/1999", "no_such_day"],
  ["23/11/2026", "future"],
  ["12/2026", "future"],
  ["2027", "future"],
  ["~2027", "future"],
  ["14/7/1799", "too_long_ago"],
  ["200y", "too_long_ago"],
])("%s is refused as %s", (typed, trouble) => {
  expect(readDate(typed, TODAY, MONTHS)).toEqual({ trouble });
});

test("months are read in the shown language and in English", () => {
  expect(readDate("3 ago 2001", TODAY, SPANISH)).toEqual({ date: "2001-08-03" });
  expect(readDate("3 aug 2001", TODAY, SPANISH)).toEqual({ date: "2001-08-03" });
});

test("the last day of something may still be to come", () => {
  expect(readDate("31/12/2030", TODAY, MONTHS, "any")).toEqual({ date: "2030-12-31" });
  expect(readDate("2030", TODAY, MONTHS, "any")).toEqual({ date: "2030" });
  expect(readDate("31/2/2030", TODAY, MONTHS, "any")).toEqual({ trouble: "no_such_day" });
});
