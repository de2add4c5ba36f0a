import type { Answer } from "../../../generated/Answer";

/** The parts of a lens as they are typed, in the order of their places. */
export const NUMBERS = ["sph", "cyl", "axis", "add"] as const;
export const PRISM = ["prism_h", "base_h", "prism_v", "base_v"] as const;
export const PARTS = [...NUMBERS, ...PRISM, "vertex", "va"] as const;
export type Part = (typeof PARTS)[number];

/** What each base can be. */
export const BASES = { base_h: ["in", "out"], base_v: ["up", "down"] } as const;

/** Which eye a lens is for. */
export const EYES = ["right", "left"] as const;
export type Eye = (typeof EYES)[number];

/** The lens that a field of the form holds. */
export function lensOf(field: string): Answer {
  return field ? (JSON.parse(field) as Answer) : {};
}

/** A lens as a field of the form holds it; empty where it says nothing. */
export function fieldOf(lens: Answer): string {
  const parts = Object.entries(lens.p ?? {}).filter(([, part]) => Object.keys(part).length > 0);
  if (parts.length === 0 && !lens.x) return "";
  const { ok, x } = lens;
  return JSON.stringify({
    ...(x ? { x } : { p: Object.fromEntries(parts) }),
    ...(ok ? { ok } : {}),
  });
}

/** A part of a lens as it is typed. */
export function partOf(field: string, part: Part): string {
  const { n, c, t } = lensOf(field).p?.[part] ?? {};
  return (n ?? c ?? t ?? "").replace("-", "−");
}

/** The lens with a part as it is typed; what was meant before is asked about anew. */
export function withPart(field: string, part: Part, typed: string): string {
  return fieldOf({ p: { ...lensOf(field).p, [part]: answerOf(part, typed) } });
}

function answerOf(part: Part, typed: string): Answer {
  const text = typed.trim();
  if (!text) return {};
  if (part === "va") return { t: typed };
  if (part === "base_h" || part === "base_v") return { c: text };
  const number = text
    .replace(/[−–]/g, "-")
    .replace(",", ".")
    .replace(/^\+/, "")
    .replace(/^(-?)\./, "$10.");
  // What is no number yet is told by the check, and stays as it was typed.
  return /^-?\d+(\.\d+)?$/.test(number) ? { n: number } : { t: text };
}

/** The first field of spectacles that is not filled in: what they are for, then each lens. */
export function firstOpen(values: Readonly<Record<Eye | "lenses_for", string>>): string {
  const lacks = (eye: Eye, part: Part) => !lensOf(values[eye]).x && partOf(values[eye], part) === "";
  if (!values.lenses_for) return "lenses_for";
  for (const eye of EYES) {
    if (lacks(eye, "sph")) return `${eye}.sph`;
    if (!lacks(eye, "cyl") && lacks(eye, "axis")) return `${eye}.axis`;
  }
  return "lenses_for";
}

/** The lenses of one side by their readings, the earliest first. */
function readingsOf(answers: Readonly<Record<string, Answer>>, side: string): Map<string, Answer> {
  const before = `lens:${side}:`;
  const paths = Object.keys(answers).filter((path) => path.startsWith(before));
  const lenses = paths.sort().flatMap((path) => {
    const lens = answers[path];
    return lens ? [[path.slice(before.length), lens] as const] : [];
  });
  return new Map(lenses);
}

/**
 * The lens that was found in a refraction, as it is prescribed: of several methods the one that the patient judged, and
 * of several readings the last. Two eyes are balanced against each other, so a reading of both goes before one of one eye.
 */
export function foundIn(answers: Readonly<Record<string, Answer>>, eye: Eye): string {
  const [side, other] = eye === "right" ? ["R", "L"] : ["L", "R"];
  const lenses = readingsOf(answers, side);
  const others = readingsOf(answers, other);
  const by = (method: string) => {
    const isBy = (lens: Answer | undefined) => lens?.p?.["method"]?.c === method;
    const own = [...lenses].filter(([, lens]) => isBy(lens));
    return (own.findLast(([reading]) => isBy(others.get(reading))) ?? own.at(-1))?.[1];
  };
  const absent = [...lenses.values()].find(({ x }) => x);
  const found = by("subjective") ?? by("cycloplegic") ?? by("retinoscopy") ?? absent;
  if (!found) return "";
  const known = PARTS.flatMap((part) => (found.p?.[part] ? [[part, found.p[part]] as const] : []));
  return fieldOf({ ...found, p: Object.fromEntries(known) });
}
