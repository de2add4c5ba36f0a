import { expect, test } from "vitest";
import { across, fittedWidth, nearer, PLAIN, turn } from "./look";

const area = { width: 800, height: 600 };

test("a picture is seen as a whole, also when it lies on its side", () => {
  expect(fittedWidth(area, 0.5, PLAIN, false)).toBe(800);
  expect(fittedWidth(area, 1.5, PLAIN, false)).toBe(400);
  expect(fittedWidth(area, 0.5, turn(PLAIN), false)).toBe(600);
});

test("a written page is wide enough to be read, and never wider than its place", () => {
  expect(fittedWidth(area, 1.5, PLAIN, true)).toBe(620);
  expect(fittedWidth({ width: 500, height: 600 }, 1.5, PLAIN, true)).toBe(500);
});

test("four turns lead back, and it comes nearer to an end", () => {
  expect(across(turn(PLAIN))).toBe(true);
  expect(turn(turn(turn(turn(PLAIN))))).toEqual(PLAIN);
  let look = PLAIN;
  for (let press = 0; press < 30; press++) look = nearer(look, 1);
  expect(look.zoom).toBe(8);
});
