import { expect, test } from "vitest";
import { ofUniversal, QUADRANTS, universalOf } from "./numbering";

test("each of 52 teeth has a Universal number of its own, which leads back to it", () => {
  const teeth = QUADRANTS.flat();
  expect(new Set(teeth.map(universalOf)).size).toBe(52);
  expect(teeth.map((tooth) => ofUniversal(universalOf(tooth)))).toEqual(teeth);
  expect(["18", "28", "38", "48", "55", "61", "75", "85"].map(universalOf)).toEqual([
    "1",
    "16",
    "17",
    "32",
    "A",
    "F",
    "K",
    "T",
  ]);
  expect([ofUniversal("33"), ofUniversal("U"), ofUniversal("a")]).toEqual([null, null, "55"]);
});
