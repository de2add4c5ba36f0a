/** The place that something has on the screen, in CSS pixels. */
export interface Area {
  width: number;
  height: number;
}

const STEP = 1.25;
const LEAST = 0.5;
const MOST = 4;
/** Pictures are asked for by this much, so that a change of the window by a pixel asks for none. */
const GRAIN = 160;
const WIDEST = 2400;

/** The next larger (1) or smaller (-1) zoom, up to `most`; 1 is the size at first. */
export function zoomed(zoom: number, way: 1 | -1, most = MOST): number {
  return Math.min(most, Math.max(LEAST, way > 0 ? zoom * STEP : zoom / STEP));
}

/** The width of the picture to ask for. */
export function pictureWidth(shown: number, density: number): number {
  return Math.min(WIDEST, Math.ceil((shown * density) / GRAIN) * GRAIN);
}
