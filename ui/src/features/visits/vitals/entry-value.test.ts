import { expect, test } from "vitest";
import { SIGNS } from "../../../testing/vitals";
import { outside, readAmount } from "./entry-value";

const sign = (name: string) => SIGNS.find((each) => each.name === name) ?? (undefined as never);

test.each([
  ["temperature", "38.4", { kind: "amount", value: "38.4", unit: null }],
  ["temperature", "38,4", { kind: "amount", value: "38.4", unit: null }],
  ["temperature", "101.2F", { kind: "amount", value: "101.2", unit: "°F" }],
  ["temperature", "101.2 °f", { kind: "amount", value: "101.2", unit: "°F" }],
  ["weight", "158 lbs", { kind: "amount", value: "158", unit: "lb" }],
  ["weight", "158 stone", { kind: "no_unit" }],
  ["weight", ".9", { kind: "amount", value: "0.9", unit: null }],
  ["glucose", "5.6 mmol/l", { kind: "amount", value: "5.6", unit: "mmol/L" }],
  ["pulse", "fast", { kind: "no_number" }],
  ["pulse", "-5", { kind: "no_number" }],
  ["pulse", " ", { kind: "empty" }],
])("%s typed as “%s” is %o", (name, typed, read) => {
  expect(readAmount(typed, sign(name))).toEqual(read);
});

test("a band without an end is open there", () => {
  expect(outside("42.1", { low: "33", high: "42" })).toBe(true);
  expect(outside("42.0", { low: "33", high: "42" })).toBe(false);
  expect(outside("1", { low: null, high: "42" })).toBe(false);
});
