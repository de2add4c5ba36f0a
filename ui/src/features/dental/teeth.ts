import type { TFunction } from "i18next";
import type { Age } from "../../generated/Age";
import type { Tooth } from "../../generated/Tooth";
import type { ToothShown } from "../../generated/ToothShown";

/** Which teeth are shown. */
export type Dentition = "permanent" | "primary" | "mixed";

/** A row of the chart: its teeth from the patient's right to their left, each in its column of sixteen. */
export interface ToothRow {
  milk: boolean;
  upper: boolean;
  teeth: readonly { tooth: Tooth; column: number }[];
}

/** Columns of a row: a milk tooth stands below or above the tooth that follows it. */
export const COLUMNS = 16;

const row = (right: number, left: number, places: number): ToothRow["teeth"] => {
  const of = (quadrant: number, place: number) => `${quadrant}${place}` as Tooth;
  const all = Array.from({ length: places }, (_, at) => at + 1);
  return [
    ...[...all].reverse().map((place) => ({ tooth: of(right, place), column: 9 - place })),
    ...all.map((place) => ({ tooth: of(left, place), column: 8 + place })),
  ];
};

const UPPER: ToothRow = { milk: false, upper: true, teeth: row(1, 2, 8) };
const UPPER_MILK: ToothRow = { milk: true, upper: true, teeth: row(5, 6, 5) };
const LOWER_MILK: ToothRow = { milk: true, upper: false, teeth: row(8, 7, 5) };
const LOWER: ToothRow = { milk: false, upper: false, teeth: row(4, 3, 8) };

/** The rows of a chart from top to bottom. */
export const ROWS: Record<Dentition, readonly ToothRow[]> = {
  permanent: [UPPER, LOWER],
  primary: [UPPER_MILK, LOWER_MILK],
  mixed: [UPPER, UPPER_MILK, LOWER_MILK, LOWER],
};

const quadrantOf = (tooth: Tooth) => Number(tooth[0]);
const placeOf = (tooth: Tooth) => Number(tooth[1]);

/** Whether it is a milk tooth. */
export function isMilk(tooth: Tooth): boolean {
  return quadrantOf(tooth) > 4;
}

/** Whether it is an incisor or a canine. */
export function isFront(tooth: Tooth): boolean {
  return placeOf(tooth) <= 3;
}

/** Whether it stands in the upper jaw. */
export function isUpper(tooth: Tooth): boolean {
  return [1, 2, 5, 6].includes(quadrantOf(tooth));
}

/** Whether it stands at the patient's right, which is the left of the picture. */
export function isRight(tooth: Tooth): boolean {
  return [1, 4, 5, 8].includes(quadrantOf(tooth));
}

const QUADRANTS = ["upper_right", "upper_left", "lower_left", "lower_right"] as const;
const FRONT = ["central", "lateral", "canine"] as const;
const PLACES = [...FRONT, "premolar_1", "premolar_2", "molar_1", "molar_2", "molar_3"] as const;
const MILK_PLACES = [...FRONT, "molar_1", "molar_2"] as const;

/** Its name in words. */
export function toothWords(t: TFunction, tooth: Tooth): string {
  const milk = isMilk(tooth);
  const quadrant = QUADRANTS[(quadrantOf(tooth) - 1) % 4] ?? "upper_right";
  const place = (milk ? MILK_PLACES : PLACES)[placeOf(tooth) - 1] ?? "central";
  const words = { quadrant: t(`dental.quadrant.${quadrant}`), place: t(`dental.place.${place}`) };
  return milk ? t("dental.milk_words", words) : t("dental.words", words);
}

/** Years at which the permanent teeth come through as a rule, by their place from the middle (ADA, eruption charts). */
const COMES_AT = [7, 8, 11, 11, 12, 6, 12, 18];

/** Which list a tooth is in as a rule at this age, where nobody has looked at it yet. */
export function usual(tooth: Tooth, years: number): "sound" | "unerupted" | "shed" {
  const came = years >= (COMES_AT[placeOf(tooth) - 1] ?? 0);
  if (isMilk(tooth)) return came ? "shed" : "sound";
  return came ? "sound" : "unerupted";
}

function yearsOf(age: Age | null): number | null {
  if (!age) return null;
  return age.unit === "years" ? age.count : 0;
}

/** The teeth that are shown unless others are chosen: by what is known of them, else by age. */
export function dentitionOf(teeth: readonly ToothShown[], age: Age | null): Dentition {
  const has = (milk: boolean) =>
    teeth.some(
      ({ tooth, stands }) => isMilk(tooth) === milk && (stands === "present" || stands === "missing"),
    );
  if (has(true)) return has(false) ? "mixed" : "primary";
  const years = yearsOf(age);
  if (has(false) || years === null) return years !== null && years < 12 ? "mixed" : "permanent";
  return years < 6 ? "primary" : years < 12 ? "mixed" : "permanent";
}

/** Teeth by what is said of them when all are sound but those that are called. */
export interface AllSound {
  sound: Tooth[];
  unerupted: Tooth[];
  shed: Tooth[];
}

/**
 * What "all sound" says of the teeth that are not called: what is there is sound, what has not come through has not, and
 * where nobody has looked yet, what is usual at this age. What is gone stays gone.
 */
export function allSound(
  teeth: readonly ToothShown[],
  dentition: Dentition,
  age: Age | null,
  called: ReadonlySet<Tooth>,
): AllSound {
  const said: AllSound = { sound: [], unerupted: [], shed: [] };
  const shown = new Set(ROWS[dentition].flatMap((each) => each.teeth.map(({ tooth }) => tooth)));
  const years = yearsOf(age) ?? 30;
  for (const { tooth, stands } of teeth) {
    if (!shown.has(tooth) || called.has(tooth) || stands === "missing" || stands === "shed") continue;
    if (stands === "unknown") said[dentition === "primary" ? "sound" : usual(tooth, years)].push(tooth);
    else said[stands === "unerupted" ? "unerupted" : "sound"].push(tooth);
  }
  return said;
}
