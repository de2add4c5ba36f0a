import type { Coding } from "../generated/Coding";
import type { Component } from "../generated/Component";
import type { Observation } from "../generated/Observation";
import type { Quantity } from "../generated/Quantity";

/** The vital signs with words of their own, in the order in which they are read. */
export const VITALS = [
  "bp",
  "temperature",
  "pulse",
  "respiration",
  "spo2",
  "pain",
  "weight",
  "height",
  "bmi",
] as const;
export type VitalSign = (typeof VITALS)[number];

/** LOINC codes (<https://loinc.org>) of vital signs, and the decimals that each is read with. */
const SIGNS: Record<string, [VitalSign, number]> = {
  "85354-9": ["bp", 0],
  "55284-4": ["bp", 0],
  "8310-5": ["temperature", 1],
  "8331-1": ["temperature", 1],
  "8867-4": ["pulse", 0],
  "9279-1": ["respiration", 0],
  "2708-6": ["spo2", 0],
  "59408-5": ["spo2", 0],
  "72514-3": ["pain", 0],
  "29463-7": ["weight", 1],
  "3141-9": ["weight", 1],
  "8302-2": ["height", 1],
  "39156-5": ["bmi", 1],
};
const SYSTOLIC = "8480-6";
const DIASTOLIC = "8462-4";

/** Units of UCUM (<https://ucum.org>) as people write them. */
const UNITS: Record<string, string> = {
  "mm[Hg]": "mmHg",
  Cel: "°C",
  "[degF]": "°F",
  "kg/m2": "kg/m²",
  "10*3/uL": "10³/µL",
  "10*6/uL": "10⁶/µL",
  "10*9/L": "10⁹/L",
  "10*12/L": "10¹²/L",
  "[in_i]": "in",
  "[lb_av]": "lb",
};

/** A measurement ready to be shown: what, how much, in which unit; `exact` where less is shown than was recorded. */
export interface Measured {
  sign: VitalSign | null;
  name: string;
  value: string;
  unit: string;
  exact?: string;
}

/** What an observation says. A value in words stands where there is no number. */
export function measured(observation: Observation): Measured {
  const [sign, decimals] = SIGNS[observation.code?.code ?? ""] ?? [null, null];
  const name = plainTerm(observation.code);
  const parts = Object.values(observation.components ?? {});
  if (sign === "bp") {
    const [high, low] = [SYSTOLIC, DIASTOLIC].map((code) => parts.find((part) => part.code?.code === code));
    if (high?.quantity && low?.quantity) {
      const shown = [high.quantity, low.quantity].map(({ value }) => rounded(value, decimals));
      const exact = `${high.quantity.value}/${low.quantity.value}`;
      const value = shown.join("/");
      return { sign, name, value, unit: unitText(high.quantity), ...(value === exact ? {} : { exact }) };
    }
  }
  if (!observation.quantity && parts.length > 0) {
    const value = parts.map((part) => `${plainTerm(part.code)} ${amountText(part)}`.trim()).join(", ");
    return { sign, name, value, unit: "" };
  }
  return { sign, name, ...amount(observation, decimals) };
}

/** A number without an exponent, every digit kept: `1.2E+2` is `120`. */
export function plainNumber(value: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = ""] =
    /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(value) ?? [];
  if (!exponent || Math.abs(Number(exponent)) > 28) return value;
  const point = whole.length + Number(exponent);
  const digits = "0".repeat(Math.max(0, 1 - point)) + whole + fraction;
  const padded = digits.padEnd(Math.max(0, point), "0");
  const cut = Math.max(1, point);
  const shown = padded.slice(0, cut).replace(/^0+(?=\d)/, "");
  return sign + shown + (cut < padded.length ? `.${padded.slice(cut)}` : "");
}

function amount({ quantity, text, finding }: Observation | Component, decimals: number | null) {
  if (!quantity) return { value: text ?? plainTerm(finding), unit: "" };
  const value = rounded(quantity.value, decimals);
  return { value, unit: unitText(quantity), ...(value === quantity.value ? {} : { exact: quantity.value }) };
}

function amountText(part: Component): string {
  const { value, unit } = amount(part, null);
  return unit ? `${value} ${unit}` : value;
}

/**
 * What a person wrote is shown digit for digit. More than three decimals come from a computation and say more than
 * was measured: those are shown with the decimals of the sign, or to two.
 */
function rounded(written: string, decimals: number | null): string {
  const value = plainNumber(written);
  const fraction = /\.(\d+)$/.exec(value)?.[1] ?? "";
  if (fraction.length <= 3) return value;
  const shown = Number(value).toFixed(decimals ?? 2);
  // A small amount must not become nothing.
  return Number(shown) === 0 && Number(value) !== 0 ? Number(value).toPrecision(2) : shown;
}

function unitText({ unit, code }: Quantity): string {
  const said = unit ?? code ?? "";
  return UNITS[said] ?? said.replace(/\{[^}]*\}/g, "").replace(/\bu(?=[glmL])/, "µ");
}

/** The words of a code without the tag of its hierarchy that SNOMED CT puts behind: `Sinusitis (disorder)`. */
export function plainTerm(code: Coding | undefined): string {
  return plainWords(code?.display ?? code?.code ?? "");
}

const HIERARCHIES =
  /\s+\((disorder|finding|procedure|situation|event|regime\/therapy|substance|product|observable entity|physical object|person|qualifier value|morphologic abnormality|organism|medicinal product|clinical drug)\)$/;

/** The same for words that stand alone. */
export function plainWords(words: string): string {
  return words.replace(HIERARCHIES, "");
}

/** Vital signs in the order in which they are read; the others behind them as they came. */
export function inReadingOrder<M extends Measured>(all: readonly M[]): M[] {
  const place = ({ sign }: Measured) => (sign ? VITALS.indexOf(sign) : VITALS.length);
  return [...all].sort((one, other) => place(one) - place(other));
}
