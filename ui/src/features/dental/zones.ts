import type { Tooth } from "../../generated/Tooth";
import { isRight, isUpper } from "./teeth";

/** Where something lies in the picture of a tooth. */
export type Zone = "left" | "right" | "top" | "bottom" | "centre";

/** The crown is a square with round corners, its inner square the side of the bite. */
export const EDGE = { from: 3, to: 37, round: 8 };
export const INNER = { from: 12, to: 28 };

/** Where a surface lies: mesial is towards the middle, buccal away from the tongue. */
export function zoneOf(tooth: Tooth, surface: string): Zone {
  if (surface === "M") return isRight(tooth) ? "right" : "left";
  if (surface === "D") return isRight(tooth) ? "left" : "right";
  if (surface === "B") return isUpper(tooth) ? "top" : "bottom";
  if (surface === "L") return isUpper(tooth) ? "bottom" : "top";
  return "centre";
}

/** A square with round corners. */
export function square(from: number, to: number, top: number, round: number): string {
  const [x, y, side, r] = [from, from + top, to - from, round];
  return `M${x + r} ${y}h${side - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${side - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - side}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - side}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
}

/** The places of a picture, as they lie where the zone is turned to the top. */
type Turn = (x: number, y: number) => string;

function turn(zone: Zone, top: number): Turn {
  const side = EDGE.from + EDGE.to;
  const at = (x: number, y: number) => `${x} ${y + top}`;
  if (zone === "right") return (x, y) => at(side - y, x);
  if (zone === "bottom") return (x, y) => at(side - x, side - y);
  if (zone === "left") return (x, y) => at(y, side - x);
  return at;
}

/** A whole zone, within the round corners of the crown. */
export function zonePath(zone: Zone, top: number): string {
  const { from: c, to: d } = INNER;
  if (zone === "centre") return square(c, d, top, 0);
  const { from: a, to: b, round: r } = EDGE;
  const p = turn(zone, top);
  // The middle of a round corner.
  const k = Math.round(r * (1 - Math.SQRT1_2) * 100) / 100;
  const arc = `A${r} ${r} 0 0 1`;
  return `M${p(a + k, a + k)}${arc} ${p(a + r, a)}L${p(b - r, a)}${arc} ${p(b - k, a + k)}L${p(d, c)}L${p(c, c)}Z`;
}

/** The middle of a zone: what is there has something round it. */
export function patchPath(zone: Zone, top: number): string {
  if (zone === "centre") return square(INNER.from + 4, INNER.to - 4, top, 0);
  const p = turn(zone, top);
  return `M${p(13, 5.5)}L${p(27, 5.5)}L${p(24.5, 9.5)}L${p(15.5, 9.5)}Z`;
}
