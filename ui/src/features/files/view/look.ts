import { zoomed, type Area } from "../../../components/zoom";

/** How a file is looked at; nothing of it is kept. */
export interface Look {
  /** 1 is the size at which it is seen as a whole. */
  zoom: number;
  /** Quarter turns to the right. */
  turned: 0 | 1 | 2 | 3;
}

/** As it is opened. */
export const PLAIN: Look = { zoom: 1, turned: 0 };

/** An X-ray is looked at from nearer than a page. */
const NEAREST = 8;
/** Written words are not read when they are smaller than on a page of this width. */
const LEGIBLE = 620;

/** Nearer (1) or further (-1). */
export function nearer(look: Look, way: 1 | -1): Look {
  return { ...look, zoom: zoomed(look.zoom, way, NEAREST) };
}

/** A quarter further to the right. */
export function turn(look: Look): Look {
  return { ...look, turned: ((look.turned + 1) % 4) as Look["turned"] };
}

/** Whether it lies on its side. */
export function across({ turned }: Look): boolean {
  return turned % 2 === 1;
}

/**
 * How wide a picture of this height to its width is drawn, in CSS pixels: all of it in its place, and written words no
 * smaller than they can be read.
 */
export function fittedWidth(area: Area, ratio: number, look: Look, written: boolean): number {
  const [wide, high] = across(look) ? [area.width / ratio, area.height] : [area.width, area.height / ratio];
  return Math.floor(Math.min(wide, Math.max(high, written ? LEGIBLE : 0)));
}
