import { expect, test } from "vitest";
import { startText } from "./start";
import { sizeText } from "./use-figures";

test("a size is told in the unit that people use for it", () => {
  expect(
    [1, 5, 999, 41_200, 900_400, 6_240_000, 48_000_000, 3_100_000_000].map((size) => sizeText(size, "en")),
  ).toEqual(["1 byte", "5 bytes", "999 bytes", "41 kB", "900 kB", "6.2 MB", "48 MB", "3.1 GB"]);
});

test("a count within a sentence is written as figures are", () => {
  const { t } = startText("en");
  expect(t("backups.restore.taken_in", { count: 1184 })).toBe("1,184 entries were taken in.");
  expect(t("backups.point_number", { number: "1184" })).toBe("no. 1184");
});
