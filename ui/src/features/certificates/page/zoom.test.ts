import { expect, test } from "vitest";
import { fitted, percent } from "./zoom";

test("a small paper is in sight as a whole, and a large one no smaller than it can be read", () => {
  expect(fitted({ width: 870, height: 616 }, "a5")).toBe(435);
  expect(fitted({ width: 870, height: 616 }, "a4")).toBe(620);
  expect(fitted({ width: 1400, height: 1130 }, "a4")).toBe(799);
  expect(fitted({ width: 320, height: 616 }, "a4")).toBe(320);
});

test("its size is told as on paper", () => {
  expect(percent(559, "a5")).toBe(100);
});
