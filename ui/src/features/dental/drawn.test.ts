import { expect, test } from "vitest";
import { teeth } from "../../testing/mouth";
import { readCalls } from "./called";
import { withCalls } from "./drawn";
import { allSound } from "./teeth";

const MOUTH = teeth();
const NONE = { sound: [], unerupted: [], shed: [] };
const drawn = (lines: string) => {
  const mouth = withCalls(MOUTH, readCalls(lines, MOUTH), NONE);
  return { ...mouth, of: (tooth: string) => mouth.teeth.find((each) => each.tooth === tooth) };
};

test("what is called of a tooth is drawn as it will stand, and the others are as they were", () => {
  const { of, called } = drawn("16 mo 2 d\n46 4\n18 8\n17 9\n+26 o 3\n11 t");
  expect(of("16")).toMatchObject({
    stands: "present",
    marks: [
      { mark: "filled", surfaces: "MO" },
      { mark: "caries", surfaces: "MO", depth: "dentine" },
    ],
  });
  expect([of("46")?.stands, of("18")?.stands, of("17")?.stands]).toEqual([
    "missing",
    "unerupted",
    "not_seen",
  ]);
  expect(of("26")?.planned).toEqual([{ treatment: "filling", surfaces: "O" }]);
  expect(of("11")?.marks).toEqual([{ mark: "fractured" }]);
  expect([...called].sort()).toEqual(["11", "16", "17", "18", "26", "46"]);
  expect(of("37")).toBe(MOUTH.find(({ tooth }) => tooth === "37"));
});

test("what is called is drawn as it will be kept: said again once, and a filling with decay as both", () => {
  expect(drawn("16 o 1\n16 o 3").of("16")?.marks).toEqual([
    { mark: "caries", surfaces: "O" },
    { mark: "filled", surfaces: "O" },
  ]);
  expect(drawn("16 o 1\n16 o 1 d").of("16")?.marks).toEqual([
    { mark: "caries", surfaces: "O", depth: "dentine" },
  ]);
  expect(drawn("16 od 1\n16 o 1\n16 1").of("16")?.marks).toEqual([{ mark: "caries", surfaces: "OD" }]);
  const kept = (mark: "caries" | "fractured", lines: string) => {
    const shown = MOUTH.map((each) => (each.tooth === "16" ? { ...each, marks: [{ mark }] } : each));
    const { teeth } = withCalls(shown, readCalls(lines, shown), NONE);
    return teeth.find(({ tooth }) => tooth === "16")?.marks.map((each) => each.mark);
  };
  expect(kept("caries", "16 7 c")).toEqual(["crown"]);
  expect(kept("fractured", "16 7 c\n16 t")).toEqual(["fractured", "crown"]);
  expect(drawn("16 o 1\n16 m 3").of("16")?.marks).toHaveLength(2);
  expect(drawn("16 o 1\n16 0").of("16")?.marks).toEqual([]);
  expect(drawn("16 o 1\n16 n").of("16")?.marks).toHaveLength(2);
});

test("all sound draws the others too, and of a tooth that stands as it stood nothing is new", () => {
  const calls = readCalls("36 o 1", MOUTH);
  const all = allSound(MOUTH, "permanent", null, new Set(["36"] as const));
  const { teeth: shown, called } = withCalls(MOUTH, calls, all);
  const permanent = shown.filter(({ tooth }) => Number(tooth[0]) < 5);
  expect(permanent.every(({ stands }) => stands === "present" || stands === "missing")).toBe(true);
  expect(called.has("36")).toBe(true);
  const again = withCalls(shown, [], all);
  expect([...again.called]).toEqual([]);
});
