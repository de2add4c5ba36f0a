import { expect, test } from "vitest";
import { clockText, dateText, dayAt, daysBetween, weekdayOf } from "./dates";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

test.each([
  ["1945-07-14", "14-Jul-1945"],
  ["1999-07", "Jul-1999"],
  ["1999", "1999"],
  ["~1999", "~1999"],
  ["2026-01-05", "05-Jan-2026"],
])("%s is shown with its own precision as %s", (date, shown) => {
  expect(dateText(date, MONTHS)).toBe(shown);
});

test("the clock has 24 hours and the site's zone decides hour and day", () => {
  expect(clockText("2026-11-22T16:05:00Z", "Asia/Manila")).toBe("00:05");
  expect(dayAt("2026-11-22T16:05:00Z", "Asia/Manila")).toBe("2026-11-23");
  expect(clockText("2026-11-22T16:05:00+08:00", "UTC")).toBe("08:05");
});

test("days are counted across a leap day and weekdays start on Monday", () => {
  expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  expect(weekdayOf("2026-11-23")).toBe(0);
  expect(weekdayOf("2026-11-22")).toBe(6);
});
