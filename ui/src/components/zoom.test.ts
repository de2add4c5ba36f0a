import { expect, test } from "vitest";
import { pictureWidth, zoomed } from "./zoom";

test("it comes nearer and goes further by the same steps, to an end", () => {
  expect(zoomed(zoomed(1, 1), -1)).toBe(1);
  expect(zoomed(4, 1)).toBe(4);
  expect(zoomed(4, 1, 8)).toBe(5);
  expect(zoomed(0.5, -1)).toBe(0.5);
});

test("a window that changes by a pixel asks for no other picture", () => {
  expect(pictureWidth(440, 1)).toBe(pictureWidth(441, 1));
  expect(pictureWidth(440, 2)).toBe(960);
  expect(pictureWidth(4000, 2)).toBe(2400);
});
