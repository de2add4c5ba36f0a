import { expect, test } from "vitest";
import { TYPED } from "../testing/typed";
import { readDate } from "./date-entry";

const TODAY = TYPED.today;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const SPANISH = "ene feb mar abr may jun jul ago sep oct nov dic".split(" ");

test.each(TYPED.dates)("$typed is read as $date", ({ typed, date }) => {
  expect(readDate(typed, TODAY, MONTHS)).toEqual({ date });
});

test.each(TYPED.not_dates)("$typed is refused as $trouble", ({ typed, trouble }) => {
  expect(readDate(typed, TODAY, MONTHS)).toEqual({ trouble });
});

test("months are read in the shown language and in English", () => {
  expect(readDate("3 ago 2001", TODAY, SPANISH)).toEqual({ date: "2001-08-03" });
  expect(readDate("3 aug 2001", TODAY, SPANISH)).toEqual({ date: "2001-08-03" });
});

test.each(TYPED.days_of_any_time)("the last day of something may still be to come: $typed", (told) => {
  const { typed, ...read } = told;
  expect(readDate(typed, TODAY, MONTHS, "any")).toEqual(read);
});
