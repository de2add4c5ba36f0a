import { expect, test } from "vitest";
import type { Mark } from "../../generated/Mark";
import type { Tooth } from "../../generated/Tooth";
import type { ToothShown } from "../../generated/ToothShown";
import { startText } from "../../i18n/start";
import { teeth } from "../../testing/mouth";
import { shapesOf } from "./shapes";
import { allSound, dentitionOf, ROWS, toothWords } from "./teeth";

const NOBODY: ReadonlySet<Tooth> = new Set();
const years = (count: number) => ({ unit: "years", count }) as const;

test("each tooth has its place in the rows once, and its name", () => {
  const shown = ROWS.mixed.flatMap((row) => row.teeth.map(({ tooth }) => tooth));
  expect(new Set(shown).size).toBe(52);
  expect(ROWS.permanent.flatMap((row) => row.teeth).length).toBe(32);
  const { t } = startText("en");
  const words = (["36", "55", "11", "48"] as const).map((tooth) => toothWords(t, tooth));
  expect(words).toEqual([
    "lower left first molar",
    "upper right milk second molar",
    "upper right central incisor",
    "lower right third molar",
  ]);
});

test("the teeth that are shown follow what is known, else the age", () => {
  const has = (but: Partial<Record<Tooth, Partial<ToothShown>>>, age: number | null) =>
    dentitionOf(teeth(but), age === null ? null : years(age));
  expect([has({}, 3), has({}, 9), has({}, 27), has({}, null)]).toEqual([
    "primary",
    "mixed",
    "permanent",
    "permanent",
  ]);
  expect(has({ 55: { stands: "present" }, 16: { stands: "present" } }, 27)).toBe("mixed");
});

test("all sound says of nobody's tooth more than is usual, and leaves what is gone", () => {
  const known = teeth({ 46: { stands: "missing" }, 38: { stands: "unerupted" } });
  const grown = allSound(known, "permanent", years(27), new Set<Tooth>(["36"]));
  expect([grown.sound.length, grown.unerupted, grown.shed]).toEqual([29, ["38"], []]);
  // Permanent teeth alone are shown of a child of 14: its wisdom teeth have not come through as a rule.
  const young = allSound(teeth(), "permanent", years(14), NOBODY);
  expect([young.unerupted, young.sound.length]).toEqual([["18", "28", "38", "48"], 28]);
  expect(allSound(teeth(), "permanent", null, NOBODY).sound.length).toBe(32);
  expect(allSound(teeth(), "primary", years(4), NOBODY).sound.length).toBe(20);
  const child = allSound(teeth(), "mixed", years(9), NOBODY);
  expect(child.shed).toEqual(["51", "52", "61", "62", "71", "72", "81", "82"]);
  expect(child.sound.filter((tooth) => tooth.startsWith("1"))).toEqual(["11", "12", "16"]);
  expect(child.unerupted.filter((tooth) => tooth.startsWith("1"))).toEqual(["13", "14", "15", "17", "18"]);
});

test("a picture tells each state by a pattern of its own, and mesial lies towards the middle", () => {
  const of = (but: Partial<ToothShown>) => {
    const [shown] = teeth().filter(({ tooth }) => tooth === (but.tooth ?? "36"));
    return shapesOf({ ...(shown as ToothShown), stands: "present", ...but });
  };
  const looks = (but: Partial<ToothShown>) => new Set(of(but).map(({ as }) => as));
  expect(looks({ marks: [{ mark: "caries", surfaces: "O" }] })).toContain("caries");
  expect(looks({ marks: [{ mark: "filled", surfaces: "O" }] })).toContain("filled");
  expect(looks({ planned: [{ treatment: "filling", surfaces: "O" }] })).toContain("planned");
  expect(looks({ stands: "missing" })).toEqual(new Set(["cross"]));
  expect(looks({ stands: "unerupted" })).toEqual(new Set(["faint"]));
  expect(looks({ stands: "shed" })).toEqual(new Set(["dash"]));
  expect(looks({ stands: "not_seen" })).toEqual(new Set(["faint", "sign"]));
  expect(looks({ clashes: ["found_twice"] })).toContain("clash");
  const both = of({
    marks: [
      { mark: "filled", surfaces: "O" },
      { mark: "caries", surfaces: "O" },
    ],
  }).map(({ as }) => as);
  expect(both.indexOf("filled")).toBeGreaterThan(both.indexOf("caries"));
  expect(both).toContain("caries");
  const gap = looks({ stands: "missing", marks: [{ mark: "missing" }], planned: [{ treatment: "implant" }] });
  expect(gap).toEqual(new Set(["cross", "ahead"]));
  expect(looks({ planned: [{ treatment: "extraction" }] })).toContain("ahead");
  // No finding looks as if nothing were found.
  const marks = Object.keys(startText("en").t("record.tooth_mark.word.mark", { returnObjects: true }));
  const sound = JSON.stringify(of({}));
  const unseen = marks.filter((mark) => JSON.stringify(of({ marks: [{ mark: mark as Mark }] })) === sound);
  expect(unseen).toEqual(["missing", "impacted"]);
  const mesial = (tooth: Tooth) => {
    const shape = of({ tooth, marks: [{ mark: "caries", surfaces: "M" }] }).find(({ as }) => as === "caries");
    return shape?.kind === "path" && Number.parseFloat(shape.d.slice(1)) > 20 ? "right" : "left";
  };
  expect((["16", "26", "36", "46"] as const).map(mesial)).toEqual(["right", "left", "left", "right"]);
});
