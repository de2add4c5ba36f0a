import { expect, test } from "vitest";
import type { Observation } from "../generated/Observation";
import { inReadingOrder, measured, plainNumber, plainWords } from "./measured";

const of = (code: string, value: string, unit: string): Observation => ({
  code: { code, display: code },
  quantity: { value, unit },
});

test("a blood pressure is its two parts in one value", () => {
  const quantity = (value: string) => ({ value, unit: "mm[Hg]" });
  const bp: Observation = {
    code: { code: "85354-9", display: "Blood pressure" },
    components: {
      a: { code: { code: "8462-4" }, quantity: quantity("92") },
      b: { code: { code: "8480-6" }, quantity: quantity("148") },
    },
  };
  expect(measured(bp)).toEqual({ sign: "bp", name: "Blood pressure", value: "148/92", unit: "mmHg" });
});

test.each([
  ["8310-5", "38.4", "Cel", "38.4", "°C"],
  ["8867-4", "96.5", "/min", "96.5", "/min"],
  ["718-7", "16.60997238102097", "g/dL", "16.61", "g/dL"],
  ["29463-7", "74.53079164559362", "kg", "74.5", "kg"],
  ["72514-3", "2.2671090040941833", "{score}", "2", ""],
  ["6690-2", "7.4242", "10*3/uL", "7.42", "10³/µL"],
  ["2157-6", "0.00012", "ug/L", "0.00012", "µg/L"],
  ["2345-7", "5.20", "mmol/L", "5.20", "mmol/L"],
])("%s of %s %s is shown as %s %s", (code, value, unit, shown, shownUnit) => {
  const told = measured(of(code, value, unit));
  expect([told.value, told.unit]).toEqual([shown, shownUnit]);
  expect(told.exact).toBe(shown === value ? undefined : value);
});

test("a finding is told in its words", () => {
  expect(measured({ code: { display: "Tobacco" }, finding: { display: "Former smoker (finding)" } })).toEqual(
    {
      sign: null,
      name: "Tobacco",
      value: "Former smoker",
      unit: "",
    },
  );
  const parts = {
    x: { code: { display: "Right" }, text: "clear" },
    y: { code: { display: "Left" }, text: "red" },
  };
  expect(measured({ code: { display: "Ears" }, components: parts }).value).toBe("Right clear, Left red");
});

test("the tag of a hierarchy is left out, other brackets stay", () => {
  expect(plainWords("Viral sinusitis (disorder)")).toBe("Viral sinusitis");
  expect(plainWords("Hemoglobin (blood)")).toBe("Hemoglobin (blood)");
});

test("vital signs stand in the order in which they are read", () => {
  const names = inReadingOrder(
    ["718-7", "29463-7", "8867-4", "8310-5"].map((code) => measured(of(code, "1", ""))),
  );
  expect(names.map((each) => each.name)).toEqual(["8310-5", "8867-4", "29463-7", "718-7"]);
});

test("a number with an exponent is shown as people write it, every digit kept", () => {
  for (const [written, shown] of [
    ["1.2E+2", "120"],
    ["8E+1", "80"],
    ["1.50e1", "15.0"],
    ["5e-3", "0.005"],
    ["-1.5E-1", "-0.15"],
    ["0e5", "0"],
    ["12.34", "12.34"],
    ["1e400", "1e400"],
  ] as const) {
    expect(plainNumber(written), written).toBe(shown);
  }
  expect(measured(of("8867-4", "1.2E+2", "/min")).value).toBe("120");
});
