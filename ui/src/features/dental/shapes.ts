import type { ToothShown } from "../../generated/ToothShown";
import { isFront, isMilk, isRight, isUpper } from "./teeth";

/** Where something lies in the picture of a tooth. */
type Zone = "left" | "right" | "top" | "bottom" | "centre";

/** Something drawn, in the units of its tooth; the class says how. */
export type Shape =
  | { kind: "path"; as: Look; d: string }
  | { kind: "circle"; as: Look; x: number; y: number; r: number }
  | { kind: "text"; as: Look; x: number; y: number; words: string };

/** How it is drawn: patterns, so that nothing is told by colour alone. */
export type Look =
  | "outline"
  | "faint"
  | "root"
  | "inner"
  | "caries"
  | "filled"
  | "planned"
  | "seal"
  | "sign"
  | "letter"
  | "crown"
  | "bar"
  | "broken"
  | "cross"
  | "dash"
  | "clash";

/** The size of a tooth's drawing: its crown is a square at the side of the bite. */
export const WIDTH = 40;
export const HEIGHT = 66;
const EDGE = { from: 3, to: 37 };
const INNER = { from: 12, to: 28 };

/** The upper edge of the crown. */
function crownTop(upper: boolean, milk: boolean): number {
  return milk ? 12 : upper ? 23 : 0;
}

/** Where a surface lies: mesial is towards the middle, buccal away from the tongue. */
export function zoneOf(tooth: ToothShown["tooth"], surface: string): Zone {
  if (surface === "M") return isRight(tooth) ? "right" : "left";
  if (surface === "D") return isRight(tooth) ? "left" : "right";
  if (surface === "B") return isUpper(tooth) ? "top" : "bottom";
  if (surface === "L") return isUpper(tooth) ? "bottom" : "top";
  return "centre";
}

function zonePath(zone: Zone, top: number): string {
  const { from: a, to: b } = EDGE;
  const { from: c, to: d } = INNER;
  const y = (at: number) => at + top;
  const points: Record<Zone, number[][]> = {
    top: [
      [a, y(a)],
      [b, y(a)],
      [d, y(c)],
      [c, y(c)],
    ],
    bottom: [
      [a, y(b)],
      [b, y(b)],
      [d, y(d)],
      [c, y(d)],
    ],
    left: [
      [a, y(a)],
      [c, y(c)],
      [c, y(d)],
      [a, y(b)],
    ],
    right: [
      [b, y(a)],
      [d, y(c)],
      [d, y(d)],
      [b, y(b)],
    ],
    centre: [
      [c, y(c)],
      [d, y(c)],
      [d, y(d)],
      [c, y(d)],
    ],
  };
  return `M${points[zone].map(([x, at]) => `${x} ${at}`).join("L")}Z`;
}

function square(from: number, to: number, top: number, round: number): string {
  const [x, y, side, r] = [from, from + top, to - from, round];
  return `M${x + r} ${y}h${side - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${side - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - side}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - side}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
}

/** The roots of a permanent tooth, above the crown of an upper one and below that of a lower one. */
function roots(shown: ToothShown): Shape[] {
  const { tooth } = shown;
  if (isMilk(tooth)) return [];
  const place = Number(tooth[1]);
  const count = place < 6 ? 1 : isUpper(tooth) ? 3 : 2;
  const width = 20 / count;
  return Array.from({ length: count }, (_, at) => {
    const x = 20 + (at - (count - 1) / 2) * width;
    const half = Math.min(width / 2, 5);
    const [base, tip] = isUpper(tooth) ? [26, 5] : [37, 58];
    return {
      kind: "path",
      as: "root",
      d: `M${x - half} ${base}Q${x - half} ${tip} ${x} ${tip}Q${x + half} ${tip} ${x + half} ${base}`,
    };
  });
}

/** The picture of one tooth, what lies below first. A function of what is known of it alone. */
export function shapesOf(shown: ToothShown): Shape[] {
  const { tooth, stands, marks, planned, clashes } = shown;
  const top = crownTop(isUpper(tooth), isMilk(tooth));
  const middle = top + 20;
  const has = (mark: string) => marks.some((each) => each.mark === mark);
  const shapes: Shape[] = [];
  const put = (as: Look, d: string) => shapes.push({ kind: "path", as, d });
  const replaced = has("implant") || has("pontic");
  if (stands === "missing" && !replaced)
    put("cross", `M10 ${top + 10}L30 ${top + 30}M30 ${top + 10}L10 ${top + 30}`);
  else if (stands === "unerupted")
    shapes.push({ kind: "circle", as: has("impacted") ? "crown" : "faint", x: 20, y: middle, r: 14 });
  else if (stands === "shed") put("dash", `M13 ${middle}h14`);
  else if (stands === "unknown" || stands === "not_seen") {
    put("faint", square(EDGE.from, EDGE.to, top, 8));
    if (stands === "not_seen") shapes.push({ kind: "text", as: "sign", x: 20, y: middle, words: "?" });
  } else {
    shapes.push(...(has("pontic") ? [] : roots(shown)));
    put("outline", square(EDGE.from, EDGE.to, top, 8));
    const zones = (surfaces: string | undefined) =>
      [...(surfaces ?? "O")].map((letter) => zoneOf(tooth, letter));
    const fill = (as: Look, surfaces: string | undefined) => {
      for (const zone of zones(surfaces)) put(as, zonePath(zone, top));
    };
    for (const { mark, surfaces } of marks)
      if (mark === "filled" || mark === "temporary_filling") fill("filled", surfaces);
    for (const { mark, surfaces } of marks) if (mark === "caries") fill("caries", surfaces);
    for (const { surfaces, treatment } of planned)
      if (treatment !== "watch" && treatment !== "other") fill("planned", surfaces);
    const { from: a, to: b } = EDGE;
    const { from: c, to: d } = INNER;
    const corners = [
      [a + 3, a + 3, c, c],
      [b - 3, a + 3, d, c],
      [a + 3, b - 3, c, d],
      [b - 3, b - 3, d, d],
    ];
    const lines = corners.map(([x = 0, y = 0, u = 0, v = 0]) => `M${x} ${y + top}L${u} ${v + top}`).join("");
    put("inner", `${square(c, d, top, isFront(tooth) ? 3 : 1)}${lines}`);
    if (has("sealant")) {
      put("seal", square(c, d, top, 1));
      // An S that is drawn: a letter would have to stand in the name of the tooth too.
      put("letter", `M23 ${middle - 3}c-1-1.6-6.4-1.6-6.2 1.1c.2 2.4 6.4 1.4 6.4 4c0 2.8-5.8 2.4-6.6.6`);
    }
    if (has("crown") || has("veneer") || replaced)
      put("crown", square(EDGE.from + 1.5, EDGE.to - 1.5, top, 7));
    if (has("fractured")) put("broken", `M5 ${middle + 4}l6 -5l6 5l6 -5l6 5l6 -5`);
    if (has("root_remains")) put("cross", `M12 ${top + 8}L28 ${top + 32}`);
  }
  if (has("root_filled") || has("pulp_treated")) put("bar", `M12 ${top + 39.5}h16`);
  if (clashes.length > 0) shapes.push({ kind: "text", as: "clash", x: 33, y: top + 8, words: "!" });
  return shapes;
}
