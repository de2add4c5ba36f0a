import type { Band } from "../../../generated/Band";
import type { Sign } from "../../../generated/Sign";

/** What was typed into the field of a sign: nothing, an amount in a unit, or why it is none. */
export type Typed =
  | { kind: "empty" }
  | { kind: "amount"; value: string; unit: string | null }
  | { kind: "no_number" }
  | { kind: "no_unit" };

const AMOUNT = /^(?<value>\d{1,6}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*(?<unit>\D.*)?$/;

/** Reads an amount, with a comma or a point, and behind it a unit where it is not the sign's own: `101.2F`. */
export function readAmount(text: string, sign: Sign): Typed {
  const typed = text.trim();
  if (!typed) return { kind: "empty" };
  const found = AMOUNT.exec(typed)?.groups;
  if (!found?.["value"]) return { kind: "no_number" };
  const value = found["value"].replace(",", ".").replace(/^\./, "0.");
  const word = found["unit"]?.trim();
  if (!word) return { kind: "amount", value, unit: null };
  const unit = sign.units.find((each) => plain(each) === plain(word));
  return unit === undefined ? { kind: "no_unit" } : { kind: "amount", value, unit };
}

/** A unit without what people leave out when they type it: `°F` and `f`, `lb` and `lbs`. */
function plain(unit: string): string {
  return unit
    .toLowerCase()
    .replace(/[°\s.]/g, "")
    .replace(/^lbs$/, "lb")
    .replace(/^kg\/m\^?2$/, "kg/m²");
}

/** Whether an amount lies outside a band that the records gave; both have the sign's own unit. */
export function outside(value: string, { low, high }: Band): boolean {
  const amount = Number(value);
  return (low !== null && amount < Number(low)) || (high !== null && amount > Number(high));
}
