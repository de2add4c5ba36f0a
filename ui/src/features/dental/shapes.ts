import type { Mark } from "../../generated/Mark";
import type { PlanDrawn } from "../../generated/PlanDrawn";
import type { Surfaces } from "../../generated/Surfaces";
import type { ToothShown } from "../../generated/ToothShown";
import { isFront, isMilk, isUpper } from "./teeth";
import { EDGE, INNER, patchPath, square, zoneOf, zonePath } from "./zones";

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
  | "temporary"
  | "planned"
  | "ahead"
  | "seal"
  | "sign"
  | "letter"
  | "crown"
  | "veneer"
  | "bar"
  | "broken"
  | "cross"
  | "dash"
  | "other"
  | "clash";

/** The size of a tooth's drawing: its crown is a square at the side of the bite. */
export const WIDTH = 40;
export const HEIGHT = 66;

/** Findings without a sign of their own: one sign tells that there is something, and the tooth says what. */
const OTHERS: readonly Mark[] = [
  "worn",
  "eroded",
  "discoloured",
  "hypoplastic",
  "fluorosis",
  "sensitive",
  "partly_erupted",
  "supernumerary",
  "mobile",
];

/** What is known of a tooth, with the upper edge of its crown. */
interface Known {
  shown: ToothShown;
  top: number;
  has: (...marks: Mark[]) => boolean;
}

const path = (as: Look, d: string): Shape => ({ kind: "path", as, d });

/** The picture of one tooth, what lies below first. A function of what is known of it alone. */
export function shapesOf(shown: ToothShown): Shape[] {
  const { tooth, planned, clashes } = shown;
  const upper = isUpper(tooth);
  const top = isMilk(tooth) ? 12 : upper ? 23 : 0;
  const has = (...marks: Mark[]) => shown.marks.some(({ mark }) => marks.includes(mark));
  const known = { shown, top, has };
  const shapes = standing(known);
  // Roots are treated at their side of the crown; a bridge spans the side of the bite.
  const [neck, bite] = upper ? [top + 0.5, top + 39.5] : [top + 39.5, top + 0.5];
  if (has("root_filled", "pulp_treated")) shapes.push(path("bar", `M12 ${neck}h16`));
  if (has("abutment", "pontic")) shapes.push(path("bar", `M0 ${bite}h40`));
  if (has(...OTHERS)) shapes.push(path("other", `M8 ${top + 3}l5 5l-5 5l-5 -5Z`));
  shapes.push(...planned.flatMap((plan) => ahead(known, plan, neck)));
  if (clashes.length > 0) shapes.push({ kind: "text", as: "clash", x: 33, y: top + 8, words: "!" });
  return shapes;
}

/** The tooth as it stands, or what stands for it. */
function standing(known: Known): Shape[] {
  const { shown, top, has } = known;
  const middle = top + 20;
  const frame = path("faint", square(EDGE.from, EDGE.to, top, EDGE.round));
  // Of a tooth of which the root is left the crown is gone.
  if (has("root_remains")) return [...roots(shown), frame, path("cross", `M12 ${top + 8}L28 ${top + 32}`)];
  switch (shown.stands) {
    case "missing":
      if (has("implant", "pontic")) return crown(known);
      return [path("cross", `M10 ${top + 10}L30 ${top + 30}M30 ${top + 10}L10 ${top + 30}`)];
    case "unerupted":
      return [{ kind: "circle", as: has("impacted") ? "crown" : "faint", x: 20, y: middle, r: 14 }];
    case "shed":
      return [path("dash", `M13 ${middle}h14`)];
    case "unknown":
      return [frame];
    case "not_seen":
      return [frame, { kind: "text", as: "sign", x: 20, y: middle, words: "?" }];
    default:
      return crown(known);
  }
}

/** A crown with what is on it, and its roots. */
function crown({ shown, top, has }: Known): Shape[] {
  const { tooth, marks } = shown;
  const { from: c, to: d } = INNER;
  const outline = path("outline", square(EDGE.from, EDGE.to, top, EDGE.round));
  const shapes = [...(has("implant") ? screw(shown) : has("pontic") ? [] : roots(shown)), outline];
  const put = (as: Look, drawn: string) => shapes.push(path(as, drawn));
  const zones = (mark: Mark) =>
    marks.flatMap((each) => (each.mark === mark ? zonesOf(shown, each.surfaces) : []));
  const decayed = zones("caries");
  const fillings = (["filled", "temporary_filling"] as const).flatMap((mark) => {
    const as: Look = mark === "filled" ? "filled" : "temporary";
    return zones(mark).map((zone) => ({ as, zone }));
  });
  if (has("crown", "implant", "pontic"))
    put("crown", square(EDGE.from + 1.5, EDGE.to - 1.5, top, EDGE.round - 1));
  for (const { as, zone } of fillings) if (!decayed.includes(zone)) put(as, zonePath(zone, top));
  for (const zone of decayed) put("caries", zonePath(zone, top));
  // A filling with decay is both: the decay lies round it.
  for (const { as, zone } of fillings) if (decayed.includes(zone)) put(as, patchPath(zone, top));
  const corners = [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ];
  const lines = corners.map(
    ([x = 0, y = 0]) => `M${20 + 14 * x} ${20 + 14 * y + top}L${20 + 8 * x} ${20 + 8 * y + top}`,
  );
  put("inner", `${square(c, d, top, isFront(tooth) ? 3 : 1)}${lines.join("")}`);
  if (has("veneer")) put("veneer", `M8 ${isUpper(tooth) ? top + 5 : top + 35}h24`);
  if (has("sealant")) {
    put("seal", square(c, d, top, 1));
    // An S that is drawn: a letter would have to stand in the name of the tooth too.
    put("letter", `M23 ${top + 17}c-1-1.6-6.4-1.6-6.2 1.1c.2 2.4 6.4 1.4 6.4 4c0 2.8-5.8 2.4-6.6.6`);
  }
  if (has("fractured")) put("broken", `M5 ${top + 24}l6 -5l6 5l6 -5l6 5l6 -5`);
  return shapes;
}

/** What is planned, as the sign of what it will leave. */
function ahead({ shown, top }: Known, { treatment, surfaces }: PlanDrawn, neck: number): Shape[] {
  switch (treatment) {
    case "watch":
      return [];
    case "filling":
    case "sealant":
      return zonesOf(shown, surfaces).map((zone) => path("planned", zonePath(zone, top)));
    case "crown":
    case "bridge":
    case "implant":
    case "space_maintainer":
      return [path("ahead", square(EDGE.from + 2, EDGE.to - 2, top, EDGE.round - 1))];
    case "extraction":
      return [path("ahead", `M7 ${top + 7}L33 ${top + 33}M33 ${top + 7}L7 ${top + 33}`)];
    case "root_canal":
    case "pulp_treatment":
      return [path("ahead", `M8 ${neck}h24`)];
    default:
      // It changes nothing of the picture: a sign tells that there is something.
      return [path("planned", `M32 ${top + 27}l5 5l-5 5l-5 -5Z`)];
  }
}

/** Where some surfaces lie; of the whole tooth in the middle. */
function zonesOf({ tooth }: ToothShown, surfaces: Surfaces | undefined) {
  return [...(surfaces ?? "O")].map((letter) => zoneOf(tooth, letter));
}

/** Where the roots of a permanent tooth begin and end: above an upper crown, below a lower one. */
const rootsOf = ({ tooth }: ToothShown) => (isUpper(tooth) ? ([26, 5] as const) : ([37, 58] as const));

function roots(shown: ToothShown): Shape[] {
  const { tooth } = shown;
  if (isMilk(tooth)) return [];
  const place = Number(tooth[1]);
  const count = place < 6 ? 1 : isUpper(tooth) ? 3 : 2;
  const width = 20 / count;
  const [base, tip] = rootsOf(shown);
  return Array.from({ length: count }, (_, at) => {
    const x = 20 + (at - (count - 1) / 2) * width;
    const half = Math.min(width / 2, 5);
    return path(
      "root",
      `M${x - half} ${base}Q${x - half} ${tip} ${x} ${tip}Q${x + half} ${tip} ${x + half} ${base}`,
    );
  });
}

/** The screw of an implant, where the roots of a tooth would be. */
function screw(shown: ToothShown): Shape[] {
  const [base, tip] = rootsOf(shown);
  const down = Math.sign(tip - base);
  const threads = [5, 10, 15].map((at) => `M${20 - 7 + at / 5} ${base + down * at}h${14 - (2 * at) / 5}`);
  return [path("bar", `M20 ${base}V${tip}${threads.join("")}`)];
}
