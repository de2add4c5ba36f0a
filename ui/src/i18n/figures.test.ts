import { expect, test } from "vitest";
import { sizeText } from "./use-figures";

test("a size is told in the unit that people use for it", () => {
  expect(
    [1, 5, 999, 41_200, 900_400, 6_240_000, 48_000_000, 3_100_000_000].map((size) => sizeText(size, "en")),
  ).toEqual(["1 byte", "5 bytes", "999 bytes", "41 kB", "900 kB", "6.2 MB", "48 MB", "3.1 GB"]);
});
