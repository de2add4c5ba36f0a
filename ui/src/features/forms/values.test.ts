import { expect, test } from "vitest";
import { SPECS } from "../../testing/forms";
import { answersWith } from "./changed";
import { allNormal, nameOf, readTime, readValues, toggled, valuesOf, type Answers } from "./values";

const specOf = (form: string) => {
  const spec = SPECS[form];
  if (!spec) throw new Error(form);
  return spec;
};
const PRESSURE = specOf("eye.pressure@1");

test("what stands is read back as it was written, and only the reading in hand is typed anew", () => {
  const stand: Answers = {
    "iop:R:k1": { p: { method: { c: "goldmann" }, at: { t: "09:34" }, value: { n: "22", ok: true } } },
    "iop:R:k2": { p: { value: { n: "21" } } },
    "target:R": { n: "18" },
    "target:L": { x: "refused" },
  };
  const { "iop:R:k2": other, ...inHand } = stand;
  expect(readValues(PRESSURE, valuesOf(PRESSURE, stand, "k1")).answers).toEqual(inHand);
  expect(other).toBeDefined();
});

test("what was emptied is left out of what is sent, and what nobody touched stays", () => {
  const stand: Answers = {
    "iop:R:k2": { p: { value: { n: "21" } } },
    "target:R": { n: "18" },
    "target:L": { n: "17" },
  };
  const before = valuesOf(PRESSURE, stand, "k9");
  const sent = answersWith(PRESSURE, stand, before, { ...before, "target:R": "", "target:L": "16" });
  expect(sent).toEqual({ "iop:R:k2": stand["iop:R:k2"], "target:L": { n: "16" } });
});

test("how a reading was made makes none, and why there is none stands for the whole of it", () => {
  const typed = { reading: "k1", "iop.method": "goldmann", "iop.at": "0934" };
  expect(readValues(PRESSURE, typed).answers).toEqual({});
  const none = readValues(PRESSURE, { ...typed, "iop:R.value": "-e" });
  expect(none.answers).toEqual({ "iop:R:k1": { x: "eye_absent" } });
});

test.each([
  ["soft", "number"],
  ["16 kPa", "unit"],
  ["-", "absent"],
])("%s is no pressure", (typed, trouble) => {
  const { answers, troubles } = readValues(PRESSURE, { reading: "k1", "iop:R.value": typed });
  expect([answers, troubles]).toEqual([{}, { "iop:R.value": trouble }]);
});

test("a time is read as people type it", () => {
  expect(["0938", "9.38", "9:38", "24:00", "938pm"].map(readTime)).toEqual([
    "09:38",
    "09:38",
    "09:38",
    null,
    null,
  ]);
});

test("normal and not examined stand alone, what is found stands together", () => {
  expect(toggled("normal", "scar")).toBe("scar");
  expect(toggled("scar", "oedema")).toBe("scar+oedema");
  expect(toggled("scar+oedema", "scar")).toBe("oedema");
  expect(toggled("scar+oedema", "normal")).toBe("normal");
});

test("all normal leaves alone what somebody said", () => {
  const fundus = specOf("eye.fundus@1");
  const [macula] = fundus.sections[0]?.items ?? [];
  if (!macula) throw new Error("no macula");
  const found = nameOf({ item: macula, side: "R", part: null });
  const names = Object.keys(allNormal(fundus, { [found]: "scar" }));
  expect(names).toEqual(["macula:L", "vessels:R", "vessels:L"]);
});
