import { expect, test } from "vitest";
import { lensSaid } from "./lens-said";

const lens = (parts: Record<string, string>) => ({
  p: Object.fromEntries(Object.entries(parts).map(([key, n]) => [key, { n }])),
});

test("a lens is written with its signs, a true minus and its axis", () => {
  expect(lensSaid(lens({ sph: "-2.25", cyl: "-0.75", axis: "90", add: "2.5" }))).toBe(
    "−2.25 −0.75 ×90 +2.50",
  );
  expect(lensSaid(lens({ sph: "0" }))).toBe("0.00");
  expect([lensSaid(undefined), lensSaid({ x: "eye_absent" })]).toEqual([undefined, undefined]);
});
