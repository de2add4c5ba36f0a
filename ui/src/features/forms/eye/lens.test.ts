import { expect, test } from "vitest";
import { readLens } from "./lens";

test.each([
  ["-225-75x90", { sph: "-2.25", cyl: "-0.75", axis: "90" }],
  ["−250−100x180", { sph: "-2.5", cyl: "-1", axis: "180" }],
  ["+1.50 -0.50 x 5", { sph: "1.5", cyl: "-0.5", axis: "5" }],
  ["-225-75x90+250", { sph: "-2.25", cyl: "-0.75", axis: "90", add: "2.5" }],
  ["pl-50x0", { sph: "0", cyl: "-0.5", axis: "0" }],
  ["-2-1*180", { sph: "-2", cyl: "-1", axis: "180" }],
  ["-100 add 2", { sph: "-1", add: "2" }],
])("the row %s is read whole", (text, lens) => {
  expect(readLens(text)).toEqual(lens);
});

test.each(["", "-225", "-225-75", "x90", "6/6", "-", "-225-75x1800"])("%s is no row", (text) => {
  expect(readLens(text)).toBeNull();
});
