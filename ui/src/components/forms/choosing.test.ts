import { expect, test } from "vitest";
import { optionBy } from "./ChoiceBox";
import { inRows } from "./Layout";

const offered = (...labels: string[]) => labels.map((label) => ({ value: label, label }));

test("a letter means the first that begins so, pressed again the next, and a digit a place", () => {
  const pupils = offered("brisk", "sluggish", "none", "not done");
  expect(optionBy(pupils, "N", "")?.value).toBe("none");
  expect(optionBy(pupils, "n", "none")?.value).toBe("not done");
  expect(optionBy(pupils, "2", "")?.value).toBe("sluggish");
  expect(optionBy(pupils, "7", "")).toBeUndefined();
  expect(optionBy(pupils, "-", "")).toBeUndefined();
});

test("a digit means the label that begins with it before it means a place", () => {
  const cells = offered("0", "0.5+", "1+", "2+");
  expect(optionBy(cells, "1", "")?.value).toBe("1+");
  expect(optionBy(cells, "0", "0")?.value).toBe("0.5+");
});

test("a star is added to what is chosen and taken away again", () => {
  const codes = offered("2", "3", "3*", "X");
  expect(optionBy(codes, "*", "3")?.value).toBe("3*");
  expect(optionBy(codes, "*", "3*")?.value).toBe("3");
  expect([optionBy(codes, "*", "X"), optionBy(codes, "*", "")]).toEqual([undefined, undefined]);
});

test("four numbers stand in a row, and what holds words has the room of two", () => {
  const asked = ["sph", "cyl", "axis", "add", "prism", "va"].map((key) => ({
    key,
    label: key,
    wide: key === "va",
  }));
  expect(inRows(asked).map((row) => row.map(({ key }) => key))).toEqual([
    ["sph", "cyl", "axis", "add"],
    ["prism", "va"],
  ]);
});
