import type { Area } from "../../../components/zoom";
import type { PaperSize } from "../../../generated/PaperSize";

/** Both papers have this height to their width. */
export const RATIO = Math.SQRT2;
/** Their true widths on a screen of 96 dots an inch. */
const TRUE: Record<PaperSize, number> = { a4: 794, a5: 559 };
/** Narrower than this nobody reads their small print. */
const LEGIBLE = { a4: 620, a5: 410 } as const;

/** The paper of a word; what nobody knows is taken for the larger one. */
export function paperOf(word: string | undefined): PaperSize {
  return word === "a5" ? "a5" : "a4";
}

/** The width at which the page is shown at first: all of it in sight, unless it could not be read any more. */
export function fitted({ width, height }: Area, paper: PaperSize): number {
  return Math.floor(Math.min(width, Math.max(height / RATIO, LEGIBLE[paper])));
}

/** How large that is on paper, in percent. */
export function percent(shown: number, paper: PaperSize): number {
  return Math.round((shown / TRUE[paper]) * 100);
}
