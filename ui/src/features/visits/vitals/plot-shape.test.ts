import { expect, test } from "vitest";
import { SIGNS, taken, value, vitalSigns } from "../../../testing/vitals";
import { courseOf, scaleOf } from "./plot-shape";

const sign = (name: string) => SIGNS.find((each) => each.name === name) ?? (undefined as never);
const FRAME = { left: 0, right: 100, top: 0, bottom: 50 };

test("a course runs from the oldest to the latest value", () => {
  expect(courseOf(sign("systolic"), vitalSigns().rows).map(({ amount }) => amount)).toEqual([
    121, 182, 128, 148,
  ]);
});

test("a value in another unit does not stand on the scale of this one", () => {
  const fahrenheit = { ...value("x", "temperature", "101.2"), unit: "°F" };
  expect(courseOf(sign("temperature"), [taken("2026-11-22T10:14:00+08:00", [fahrenheit])])).toEqual([]);
});

test("every value and both ends of the band lie within the frame", () => {
  const course = courseOf(sign("systolic"), vitalSigns().rows);
  const { x, y } = scaleOf([course], [90, 139, null], FRAME);
  for (const amount of [90, 139, 182, 121]) {
    expect(y(amount)).toBeGreaterThan(0);
    expect(y(amount)).toBeLessThan(50);
  }
  expect(course.map(({ at }) => x(at))[0]).toBe(0);
  expect(x(course.at(-1)?.at ?? 0)).toBe(100);
  expect(y(182)).toBeLessThan(y(90));
});

test("values that are all the same, or taken at once, still have a place", () => {
  const { x, y } = scaleOf([[{ at: 5, day: "1970-01-01", amount: 0, level: "normal" }]], [], FRAME);
  expect([x(5), y(0)].every(Number.isFinite)).toBe(true);
});
