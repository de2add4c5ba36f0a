import { expect, test } from "vitest";
import { ageOn } from "./age";

test.each([
  ["2026-11-22", "2026-11-22", "0 days"],
  ["2026-10-26", "2026-11-22", "27 days"],
  ["2026-10-25", "2026-11-22", "4 weeks"],
  ["2026-05-23", "2026-11-22", "26 weeks"],
  ["2026-05-22", "2026-11-22", "6 months"],
  ["2024-11-23", "2026-11-22", "23 months"],
  ["2024-11-22", "2026-11-22", "2 years"],
  ["1999-11-23", "2026-11-22", "26 years"],
  ["1999-11-22", "2026-11-22", "27 years"],
  ["2004-02-29", "2026-02-28", "21 years"],
  ["2004-02-29", "2026-03-01", "22 years"],
])("born %s, on %s the age is %s", (born, day, age) => {
  const told = ageOn(born, day);
  expect(`${told?.count} ${told?.unit}`).toBe(age);
  expect(told?.about).toBe(false);
});

test.each([
  ["1999-07", "2026-11-22", 27, "years"],
  ["1999", "2026-11-22", 27, "years"],
  ["~1999", "2026-11-22", 27, "years"],
  ["2026-09", "2026-11-22", 2, "months"],
])("a birth date known as %s gives an age marked about", (born, day, count, unit) => {
  expect(ageOn(born, day)).toEqual({ count, unit, about: true });
});

test("there is no age before the birth", () => {
  expect(ageOn("2026-11-23", "2026-11-22")).toBeNull();
  expect(ageOn("2027", "2026-11-22")).toBeNull();
  expect(ageOn("2026-12", "2026-11-22")).toBeNull();
});
