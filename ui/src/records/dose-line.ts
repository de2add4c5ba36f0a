import type { Medicine } from "../generated/Medicine";

/** A piece of a line; the strong ones are what must not be misread. */
export interface Piece {
  text: string;
  strong?: boolean;
}

/** The words that the line needs in the shown language. */
export interface DoseWords {
  dose: string;
  asNeeded: string;
}

/**
 * A medicine in one line: **generic** BRAND — strength — form — DOSE **amount unit** — route — frequency, after the
 * NHS guidance on displaying medication. What is not known is left out, and nothing is ever cut.
 */
export function doseLine(medicine: Medicine, words: DoseWords): Piece[] {
  const { brand, strength, form, dose, route, frequency, as_needed } = medicine;
  const often = [frequency, as_needed && words.asNeeded].filter(Boolean).join(" ");
  const parts: Piece[][] = [
    [
      { text: medicine.name ?? medicine.code?.display ?? "", strong: true },
      ...(brand ? [{ text: ` ${brand.toUpperCase()}` }] : []),
    ],
    ...[strength && spelt(strength), form].map(plain),
    dose ? [{ text: `${words.dose} ` }, { text: spelt(dose), strong: true }] : [],
    ...[route, often].map(plain),
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, at) => (at === 0 ? part : [{ text: " — " }, ...part]));
}

function plain(text: string | undefined): Piece[] {
  return text ? [{ text }] : [];
}

/**
 * An amount without the forms that kill: a leading zero, no trailing zero, and units spelt out that are misread
 * (ISMP's list of error-prone abbreviations).
 */
export function spelt(amount: string): string {
  return amount
    .replace(/(^|[^\d.])\.(\d)/g, "$10.$2")
    .replace(/(\d)\.0+(?!\d)/g, "$1")
    .replace(/(\d\.\d*?[1-9])0+(?!\d)/g, "$1")
    .replace(/(\d\s*|\b)(?:µg|μg|mcg|ug)\b/g, "$1micrograms")
    .replace(/(\d\s*|\b)(?:ng)\b/g, "$1nanograms")
    .replace(/(\d\s*)(?:IU|iu|U|u)\b/g, "$1units")
    .replace(/(\d)(micrograms|nanograms|units)/g, "$1 $2");
}
