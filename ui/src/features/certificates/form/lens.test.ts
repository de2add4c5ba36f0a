import { expect, test } from "vitest";
import { fieldOf, firstOpen, foundIn, lensOf, partOf, withPart } from "./lens";

const lens = (method: string, sph: string) => ({ p: { method: { c: method }, sph: { n: sph } } });

test("a lens is typed part by part and kept as one value, and a long minus is a minus", () => {
  const typed = withPart(withPart("", "sph", "−2,25"), "cyl", "-.75");
  expect(lensOf(typed)).toEqual({ p: { sph: { n: "-2.25" }, cyl: { n: "-0.75" } } });
  expect([partOf(typed, "sph"), partOf(typed, "axis")]).toEqual(["−2.25", ""]);
  expect(lensOf(withPart(typed, "cyl", ""))).toEqual({ p: { sph: { n: "-2.25" } } });
  expect(withPart(withPart("", "sph", "1"), "sph", " ")).toBe("");
});

test("what is no number yet stays as it was typed, and a changed lens is asked about anew", () => {
  expect(lensOf(withPart("", "sph", "-"))).toEqual({ p: { sph: { t: "-" } } });
  const meant = fieldOf({ p: { sph: { n: "1" } }, ok: true });
  expect(lensOf(withPart(meant, "sph", "2")).ok).toBeUndefined();
});

test("of a refraction the lens is taken that the patient judged, without how it was found", () => {
  const answers = {
    "lens:R:a": lens("autorefractor", "-2.50"),
    "lens:R:b": lens("subjective", "-2.25"),
    "lens:L:a": { x: "eye_absent" as const },
    pd: { n: "62" },
  };
  expect(lensOf(foundIn(answers, "right"))).toEqual({ p: { sph: { n: "-2.25" } } });
  expect(lensOf(foundIn(answers, "left"))).toEqual({ x: "eye_absent" });
  expect(foundIn({ "lens:R:a": lens("autorefractor", "1") }, "right")).toBe("");
});

test("of several subjective lenses the last is taken, both eyes' from one reading", () => {
  const answers = {
    "lens:L:k1": lens("subjective", "-2.00"),
    "lens:L:k2": lens("subjective", "-2.50"),
    "lens:R:k1": lens("subjective", "-1.00"),
    "lens:R:k2": lens("subjective", "-1.50"),
    "lens:R:k3": lens("subjective", "-1.75"),
  };
  const found = (said: Parameters<typeof foundIn>[0]) =>
    (["right", "left"] as const).map((eye) => lensOf(foundIn(said, eye)).p?.["sph"]?.n);
  expect(found(answers)).toEqual(["-1.50", "-2.50"]);
  const apart = { "lens:R:k3": answers["lens:R:k3"], "lens:L:k1": answers["lens:L:k1"] };
  expect(found(apart)).toEqual(["-1.75", "-2.00"]);
});

test("the first field that is not filled in is what the lenses are for, then what a lens lacks", () => {
  const whole = '{"p":{"sph":{"n":"-2"}}}';
  const open = '{"p":{"sph":{"n":"-2"},"cyl":{"n":"-1"}}}';
  const of = (lenses_for: string, right: string, left: string) => firstOpen({ lenses_for, right, left });
  expect(of("", "", "")).toBe("lenses_for");
  expect(of("near", "", whole)).toBe("right.sph");
  expect(of("near", whole, open)).toBe("left.axis");
  expect(of("near", '{"x":"eye_absent"}', whole)).toBe("lenses_for");
});
