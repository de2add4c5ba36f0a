import { expect, test } from "vitest";
import { absent, absentWhy, readAbsent, readNumber, shownNumber } from "./typed";

test.each([
  ["-2.25", "-2.25"],
  ["−2,50", "-2.5"],
  ["+.75", "0.75"],
  ["007", "7"],
  ["0.00", "0"],
  ["-0", "0"],
  ["18.", "18"],
])("%s is the number %s", (typed, stored) => {
  expect(readNumber(typed)).toBe(stored);
});

test.each(["", "-", "x", "1.2.3", "6/6", "1e3", "--2"])("%s is no number", (typed) => {
  expect(readNumber(typed)).toBeNull();
});

test("a dash asks why there is no value, and a letter says it", () => {
  expect(readAbsent("-")).toBe("asks");
  expect(readAbsent("-u")).toBe("unable");
  expect(readAbsent("−N")).toBe("not_tested");
  expect(readAbsent("-2")).toBeNull();
  expect(absentWhy(absent("eye_absent"))).toBe("eye_absent");
  expect([absentWhy("absent:lost"), absentWhy("-2.25")]).toEqual([null, null]);
});

test.each([
  ["-2.25", 2, true, "−2.25"],
  ["2.5", 2, true, "+2.50"],
  ["0", 2, true, "0.00"],
  ["-2.61", 2, true, "−2.61"],
  ["0.125", 2, true, "+0.125"],
  ["16", 0, false, "16"],
] as const)("%s with %d places is shown as it is read", (stored, places, signed, shown) => {
  expect(shownNumber(stored, places, signed)).toBe(shown);
});
