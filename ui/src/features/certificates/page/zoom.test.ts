import { expect, test } from "vitest";
import { fitted, percent, pictureWidth, zoomed } from "./zoom";

test("a small paper is in sight as a whole, and a large one no smaller than it can be read", () => {
  expect(fitted({ width: 870, height: 616 }, "a5")).toBe(435);
  expect(fitted({ width: 870, height: 616 }, "a4")).toBe(620);
  expect(fitted({ width: 1400, height: 1130 }, "a4")).toBe(799);
  expect(fitted({ width: 320, height: 616 }, "a4")).toBe(320);
});

test("it comes nearer and goes further by the same steps, to an end", () => {
  expect(zoomed(zoomed(1, 1), -1)).toBe(1);
  expect(zoomed(4, 1)).toBe(4);
  expect(zoomed(0.5, -1)).toBe(0.5);
  expect(percent(559, "a5")).toBe(100);
});

test("a window that changes by a pixel asks for no other picture", () => {
  expect(pictureWidth(440, 1)).toBe(pictureWidth(441, 1));
  expect(pictureWidth(440, 2)).toBe(960);
  expect(pictureWidth(4000, 2)).toBe(2400);
});
