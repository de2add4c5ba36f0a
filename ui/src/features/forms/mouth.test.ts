import { expect, test } from "vitest";
import type { Numbers } from "../../records/numbering";
import { universalOf } from "../../records/numbering";
import { startText } from "../../i18n/start";
import { sideLetter, sideWord, type Said } from "./say";

const by = (numbers: Numbers): Said =>
  Object.assign(() => "", { numbers, tooth: numbers === "fdi" ? (tooth: string) => tooth : universalOf });

test("a sixth of the mouth and a tooth are named by the numbers that are chosen", () => {
  const { t } = startText("en");
  const said = (numbers: Numbers) =>
    ["S03", "S04", "S05", "S08", "S07", "S06", "T36", "R"].map((side) => sideLetter(t, by(numbers), side));
  expect(said("fdi")).toEqual(["17–14", "13–23", "24–27", "47–44", "43–33", "34–37", "36", "R"]);
  expect(said("universal")).toEqual(["2–5", "6–11", "12–15", "31–28", "27–22", "21–18", "19", "R"]);
  expect([sideWord(t, by("universal"), "S06"), sideWord(t, by("universal"), "T36")]).toEqual([
    "Lower left, 21 to 18",
    "Tooth 19",
  ]);
});
