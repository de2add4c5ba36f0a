import { expect, test } from "vitest";
import { columnsIn, stepTo } from "./steps";

test("the keys go from row to row, also into a day with fewer files", () => {
  const sizes = [5, 1, 4];
  expect(stepTo("ArrowDown", 1, sizes, 4)).toBe(4);
  expect(stepTo("ArrowDown", 4, sizes, 4)).toBe(5);
  expect(stepTo("ArrowDown", 5, sizes, 4)).toBe(6);
  expect(stepTo("ArrowUp", 8, sizes, 4)).toBe(5);
  expect(stepTo("ArrowRight", 4, sizes, 4)).toBe(5);
  expect(stepTo("End", 0, sizes, 4)).toBe(9);
});

test("they stay at the ends, and another key leads nowhere", () => {
  expect(stepTo("ArrowUp", 2, [4], 4)).toBe(2);
  expect(stepTo("ArrowDown", 2, [4], 4)).toBe(2);
  expect(stepTo("ArrowLeft", 0, [4], 4)).toBe(0);
  expect(stepTo("ArrowRight", 3, [4], 4)).toBe(3);
  expect(stepTo("x", 0, [4], 4)).toBeNull();
});

test("as many stand beside each other as have room", () => {
  expect(columnsIn(870, 192, 12)).toBe(4);
  expect(columnsIn(100, 192, 12)).toBe(1);
});
