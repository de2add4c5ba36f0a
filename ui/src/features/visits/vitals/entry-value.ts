import type { Band } from "../../../generated/Band";
import type { Sign } from "../../../generated/Sign";

/** What was typed into the field of a sign: nothing, an amount in a unit, or why it is none. */
export type Typed =
  | { kind: "empty" }
  | { kind: "amount"; value: string; unit: string | null }
  | { kind: "no_number" }
  | { kind: "no_unit" };

const AMOUNT = /^(?<whole>\d{0,6})(?:[.,](?<part>\d{0,6}))?(?!\d)\s*(?<unit>.*)$/;
const FEET = /^(?<feet>\d{1,2})\s*(?:feet|foot|ft\.?|['’′])\s*(?<rest>.*)$/i;
const INCHES = /^(?:inches|inch|in\.?|["”]|''|’’|′′)?$/i;

/**
 * Reads an amount, with a comma or a point, and behind it a unit where it is not the sign's own: `101.2F`, `5 ft 7 in`.
 * The core reads it in the same way (`visits/typed.rs`); `tests/typed.json` holds both to it.
 */
export function readAmount(text: string, sign: Pick<Sign, "units">): Typed {
  const typed = text.replace(/[º˚]/g, "°").normalize("NFKC").trim();
  if (!typed) return { kind: "empty" };
  const tall = sign.units.includes("in") ? FEET.exec(typed)?.groups : undefined;
  if (tall) {
    const value = inInches(Number(tall["feet"]), tall["rest"] ?? "");
    return value === null ? { kind: "no_number" } : { kind: "amount", value, unit: "in" };
  }
  const read = leading(typed);
  if (!read) return { kind: "no_number" };
  if (!read.word) return { kind: "amount", value: read.value, unit: null };
  const unit = sign.units.find((each) => plain(each) === plain(read.word));
  return unit === undefined ? { kind: "no_unit" } : { kind: "amount", value: read.value, unit };
}

/** The number at the beginning, and the word behind it. */
function leading(text: string): { value: string; word: string } | null {
  const { whole = "", part = "", unit = "" } = AMOUNT.exec(text)?.groups ?? {};
  if (!whole && !part) return null;
  return { value: (whole.replace(/^0+/, "") || "0") + (part && `.${part}`), word: unit.trim() };
}

/** Feet and the inches behind them, of which there are eleven at most. */
function inInches(feet: number, rest: string): string | null {
  if (!rest) return String(feet * 12);
  const read = leading(rest);
  const [whole = "", part] = read?.value.split(".") ?? [];
  if (!read || Number(whole) >= 12 || !INCHES.test(read.word)) return null;
  return String(feet * 12 + Number(whole)) + (part ? `.${part}` : "");
}

/** Other words for a unit than the one that is shown. */
const SAME: Record<string, string> = {
  degc: "c",
  celsius: "c",
  degf: "f",
  fahrenheit: "f",
  bpm: "/min",
  permin: "/min",
  perminute: "/min",
  kgs: "kg",
  kilo: "kg",
  kilos: "kg",
  lbs: "lb",
  pound: "lb",
  pounds: "lb",
  gram: "g",
  grams: "g",
  cms: "cm",
  inch: "in",
  inches: "in",
  '"': "in",
  "kg/m^2": "kg/m2",
};

/** A unit without what people leave out when they type it: `°F` and `f`, `lb` and `lbs`. */
function plain(unit: string): string {
  const word = unit
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[°\s.]/g, "");
  return SAME[word] ?? word;
}

/** Whether an amount lies outside a band that the records gave; both have the sign's own unit. */
export function outside(value: string, { low, high }: Band): boolean {
  const amount = Number(value);
  return (low !== null && amount < Number(low)) || (high !== null && amount > Number(high));
}
