import { expect, test } from "vitest";
import { TYPED } from "../../../testing/typed";
import { SIGNS } from "../../../testing/vitals";
import { outside, readAmount } from "./entry-value";

const sign = (name: string) => SIGNS.find((each) => each.name === name) ?? (undefined as never);

test.each(TYPED.amounts)("$sign typed as “$typed” is $value", ({ sign: name, typed, value, unit }) => {
  expect(readAmount(typed, sign(name))).toEqual({ kind: "amount", value, unit });
});

test.each(TYPED.not_amounts)(
  "$sign typed as “$typed” is none: $trouble",
  ({ sign: name, typed, trouble }) => {
    expect(readAmount(typed, sign(name))).toEqual({ kind: trouble });
  },
);

test("a band without an end is open there", () => {
  expect(outside("42.1", { low: "33", high: "42" })).toBe(true);
  expect(outside("42.0", { low: "33", high: "42" })).toBe(false);
  expect(outside("1", { low: null, high: "42" })).toBe(false);
});
