import type { Sides } from "../../generated/Sides";
import { QUADRANTS } from "../../records/numbering";

/** A side as a path names it, `R` of an eye, `S03` of a sixth of the mouth, `T36` of a tooth; null where an item has none. */
export type Side = string | null;

const teeth = (...places: readonly (string | undefined)[]) => places.map((tooth) => `T${tooth ?? ""}`);
const [upperRight = [], upperLeft = [], lowerLeft = [], lowerRight = [], ...milk] = QUADRANTS;
const [milkUpperRight = [], milkUpperLeft = [], milkLowerLeft = [], milkLowerRight = []] = milk;
const back = (quadrant: readonly string[]) => teeth(...[...quadrant].reverse());

/** The places of a mouth row by row, as one faces the patient. Sixths by ISO 3950, from 03 at the upper right. */
const MOUTHS: Readonly<Partial<Record<Sides, readonly (readonly string[])[]>>> = {
  sextants: [
    ["S03", "S04", "S05"],
    ["S08", "S07", "S06"],
  ],
  index_teeth: [teeth("16", "11", "26"), teeth("46", "31", "36")],
  teeth: [
    back(upperRight),
    teeth(...upperLeft),
    back(milkUpperRight),
    teeth(...milkUpperLeft),
    back(milkLowerRight),
    teeth(...milkLowerLeft),
    back(lowerRight),
    teeth(...lowerLeft),
  ],
};

/** The teeth at the ends of each sixth, as one faces the patient. */
export const SEXTANTS: Readonly<Record<string, readonly [string, string]>> = {
  S03: ["17", "14"],
  S04: ["13", "23"],
  S05: ["24", "27"],
  S06: ["34", "37"],
  S07: ["43", "33"],
  S08: ["47", "44"],
};

const EYES: Readonly<Partial<Record<Sides, readonly Side[]>>> = {
  one: [null],
  right_left: ["R", "L"],
  right_left_both: ["R", "L", "B"],
};

/** The rows in which the places of a mouth stand; null where they are none. */
export function rowsOf(sides: Sides): readonly (readonly string[])[] | null {
  return MOUTHS[sides] ?? null;
}

/** Every place of which something is asked. */
export function sidesOf(sides: Sides): readonly Side[] {
  return EYES[sides] ?? rowsOf(sides)?.flat() ?? [];
}

/** The tooth of a side; null where it is none. */
export function toothOf(side: Side): string | null {
  return side?.startsWith("T") ? side.slice(1) : null;
}
