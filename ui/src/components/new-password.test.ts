import { expect, test } from "vitest";
import { countCharacters, faultOf } from "./new-password";

const NAMES = ["Maria Reyes", "maria", "University Clinic"];

test.each([
  ["", "short"],
  ["tram9lemons", "short"],
  ["ab cd ".repeat(100), "long"],
  ["maria reyes clinic", "personal"],
  ["Universityclinic1", "personal"],
  ["aaaaaaaaaaaaaaaaaaaa", "guessable"],
  ["121212121212121212", "guessable"],
  ["quiet tram under nine lemons", null],
  ["maria rides the quiet tram under lemons", null],
  ["тихий трамвай под лимоном", null],
])("“%s” is found %s", (password, fault) => {
  expect(faultOf(password, NAMES)).toBe(fault);
});

test("a letter written with a separate accent counts as one", () => {
  expect(countCharacters("e\u0301")).toBe(1);
  expect(countCharacters("𝒜b")).toBe(2);
});
