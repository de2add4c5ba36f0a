import type { Depth } from "../../generated/Depth";
import type { FoundMark } from "../../generated/FoundMark";
import type { Mark } from "../../generated/Mark";
import type { Tooth } from "../../generated/Tooth";
import type { ToothShown } from "../../generated/ToothShown";
import type { Treatment } from "../../generated/Treatment";
import type { Numbers } from "../../records/numbering";
import { isFront, isMilk } from "./teeth";

export type { Numbers };

/** WHO's digits, and the letters beside them: fractured, root filled, sensitive, impacted, fallen out. */
export const CODES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "T", "R", "N", "I", "S"] as const;
export type Code = (typeof CODES)[number];

/** One call: a tooth, its surfaces, a code, and what that code asks for; a plus before it means planned. */
export interface Call {
  planned: boolean;
  tooth: Tooth;
  /** In the order M O D B L; O is the edge of a front tooth. */
  surfaces: string;
  code: Code | null;
  /** The depth of decay, or why a crown was made. */
  more: string;
}

/** Why a line is no call yet. */
export type Trouble = "tooth" | SurfacesTrouble | "code" | "why" | "plan" | "fill" | "shed";

/** Why letters are no surfaces of a tooth. */
export type SurfacesTrouble = "surfaces" | "incisal";

/** The words for a number that is no tooth. */
export function noSuchTooth(numbers: Numbers) {
  return numbers === "fdi" ? "dental.entry.trouble.tooth" : "dental.entry.trouble.universal";
}

const LETTERS = "MODBL";
const ALIKE: Readonly<Record<string, string>> = { I: "O", F: "B", V: "B", P: "L" };
/** The depths of decay by their letters. */
export const DEPTHS: Readonly<Record<string, Depth>> = {
  E: "enamel",
  C: "cavity",
  D: "dentine",
  P: "pulp",
  R: "root",
};
/** What is planned by each code. */
const PLANS: Readonly<Partial<Record<Code, Treatment>>> = {
  3: "filling",
  4: "extraction",
  5: "extraction",
  6: "sealant",
  7: "crown",
  R: "root_canal",
};
const MARKS: Readonly<Partial<Record<Code, readonly Mark[]>>> = {
  1: ["caries"],
  2: ["filled", "caries"],
  3: ["filled"],
  4: ["missing"],
  5: ["missing"],
  6: ["sealant"],
  7: ["crown"],
  T: ["fractured"],
  R: ["root_filled"],
  N: ["sensitive"],
  I: ["impacted"],
};

/** The number of a tooth as it is shown and typed. */
export function numberOf(shown: Pick<ToothShown, "tooth" | "universal">, numbers: Numbers): string {
  return numbers === "fdi" ? shown.tooth : shown.universal;
}

/** The surfaces of some letters, in their order; null where a letter is none, or stands twice. */
export function surfacesOf(typed: string): string | null {
  const letters = [...typed.toUpperCase()].map((letter) => ALIKE[letter] ?? letter);
  if (new Set(letters).size < letters.length || letters.some((letter) => !LETTERS.includes(letter)))
    return null;
  return [...LETTERS].filter((letter) => letters.includes(letter)).join("");
}

/** What is wrong with surfaces as they are typed of a tooth; null where nothing is. I is the edge of a front tooth alone. */
export function surfacesTrouble(typed: string, tooth: Tooth): SurfacesTrouble | null {
  if (surfacesOf(typed) === null) return "surfaces";
  return /I/i.test(typed) && !isFront(tooth) ? "incisal" : null;
}

/** What stands behind the tooth: surfaces, a code, and its further letter. A letter alone that is also a code is one. */
const BEHIND = /^([MODBLIFVP]*?)(?:([0-9TRNS])([A-Z]?)|(I)(?=$))?$/;

/** A line as it is typed: what it says as far as it goes, and what it lacks. While all is planned, a plus needs no key. */
export function readCall(
  line: string,
  teeth: readonly ToothShown[],
  numbers: Numbers,
  planning = false,
): { call: Call | null; trouble: Trouble | null } {
  const planned = planning || line.trimStart().startsWith("+");
  const [, first = "", rest = ""] = /^\s*\+?\s*(\S*)(.*)$/.exec(line.toUpperCase()) ?? [];
  // `36O1` is `36 O 1`; of Universal numbers letters are teeth too, so there a blank is needed.
  const [, number = "", glued = ""] = (numbers === "fdi" ? /^(\d{2})(\D\S*)?$/.exec(first) : null) ?? [
    null,
    first,
    "",
  ];
  const tooth = teeth.find((shown) => numberOf(shown, numbers) === number)?.tooth;
  if (!tooth) return { call: null, trouble: "tooth" };
  const behind = `${glued}${rest}`.replaceAll(" ", "");
  const parts = BEHIND.exec(behind);
  if (!parts) return { call: null, trouble: "surfaces" };
  const [, letters = "", digit, more = "", impacted] = parts;
  const alone = impacted !== undefined && letters === "";
  const typed = impacted !== undefined && !alone ? `${letters}I` : letters;
  const wrong = surfacesTrouble(typed, tooth);
  if (wrong) return { call: null, trouble: wrong };
  const surfaces = surfacesOf(typed) ?? "";
  const code = ((alone ? "I" : digit) ?? null) as Code | null;
  const call = { planned, tooth, surfaces, code, more };
  return { call, trouble: troubleOf(call) };
}

function troubleOf({ planned, tooth, surfaces, code, more }: Call): Trouble | null {
  if (code === null) return "code";
  if (planned && !PLANS[code]) return "plan";
  if (planned && PLANS[code] === "filling" && !surfaces) return "fill";
  if (code === "7" && more !== "C" && more !== "O") return "why";
  if (code === "S" && !isMilk(tooth)) return "shed";
  const further = code === "7" || ((code === "1" || code === "2") && more in DEPTHS);
  return more && !further ? "code" : null;
}

/** A call as it is written: `36 O 1 D`, `+36 O 3`. */
export function writeCall(
  { planned, tooth, surfaces, code, more }: Call,
  teeth: readonly ToothShown[],
  numbers: Numbers,
): string {
  const shown = teeth.find((each) => each.tooth === tooth);
  const number = shown ? numberOf(shown, numbers) : tooth;
  return `${planned ? "+" : ""}${[number, surfaces, code, more].filter(Boolean).join(" ")}`;
}

/** The calls of several lines; those that are none yet are left out. */
export function readCalls(lines: string, teeth: readonly ToothShown[]): Call[] {
  return lines.split("\n").flatMap((line) => {
    const { call, trouble } = readCall(line, teeth, "fdi");
    return call && !trouble ? [call] : [];
  });
}

/** What is found by a call; nothing where it says sound, not there, or planned. */
export function foundBy({ planned, tooth, surfaces, code, more }: Call): FoundMark[] {
  if (planned || code === null) return [];
  return (MARKS[code] ?? []).map((mark) => ({
    tooth,
    mark,
    ...(surfaces ? { surfaces } : {}),
    ...(mark === "caries" && DEPTHS[more] ? { depth: DEPTHS[more] } : {}),
    ...(mark === "missing" ? { for_caries: code === "4" } : {}),
    ...(mark === "crown" ? { for_caries: more === "C" } : {}),
  }));
}

/** What is planned by a call. */
export function plannedBy({ planned, surfaces, code, more }: Call) {
  const treatment = planned && code !== null ? PLANS[code] : undefined;
  if (!treatment) return null;
  const why = code === "4" || (code === "7" && more === "C");
  return {
    treatment,
    surfaces: surfaces || null,
    ...(treatment === "extraction" || treatment === "crown" ? { for_caries: why } : {}),
  };
}
