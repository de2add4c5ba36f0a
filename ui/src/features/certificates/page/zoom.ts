import type { PaperSize } from "../../../generated/PaperSize";

/** The place that a page has on the screen, in CSS pixels. */
export interface Area {
  width: number;
  height: number;
}

/** Both papers have this height to their width. */
export const RATIO = Math.SQRT2;
/** Their true widths on a screen of 96 dots an inch. */
const TRUE: Record<PaperSize, number> = { a4: 794, a5: 559 };
/** Narrower than this nobody reads their small print. */
const LEGIBLE = { a4: 620, a5: 410 } as const;
const STEP = 1.25;
const LEAST = 0.5;
const MOST = 4;
/** Pictures are asked for by this much, so that a change of the window by a pixel asks for none. */
const GRAIN = 160;
const WIDEST = 2400;

/** The paper of a word; what nobody knows is taken for the larger one. */
export function paperOf(word: string | undefined): PaperSize {
  return word === "a5" ? "a5" : "a4";
}

/** The width at which the page is shown at first: all of it in sight, unless it could not be read any more. */
export function fitted({ width, height }: Area, paper: PaperSize): number {
  return Math.floor(Math.min(width, Math.max(height / RATIO, LEGIBLE[paper])));
}

/** The next larger (1) or smaller (-1) zoom; 1 is the width at first. */
export function zoomed(zoom: number, way: 1 | -1): number {
  return Math.min(MOST, Math.max(LEAST, way > 0 ? zoom * STEP : zoom / STEP));
}

/** How large that is on paper, in percent. */
export function percent(shown: number, paper: PaperSize): number {
  return Math.round((shown / TRUE[paper]) * 100);
}

/** The width of the picture to ask for. */
export function pictureWidth(shown: number, density: number): number {
  return Math.min(WIDEST, Math.ceil((shown * density) / GRAIN) * GRAIN);
}
