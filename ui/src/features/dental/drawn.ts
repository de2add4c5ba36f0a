import type { FoundMark } from "../../generated/FoundMark";
import type { Mark } from "../../generated/Mark";
import type { MarkDrawn } from "../../generated/MarkDrawn";
import type { Stands } from "../../generated/Stands";
import type { Tooth } from "../../generated/Tooth";
import type { ToothShown } from "../../generated/ToothShown";
import { foundBy, plannedBy, type Call } from "./called";
import type { AllSound } from "./teeth";

/** The mouth with what is called in it, and the teeth that are drawn as they were called and are not kept yet. */
export interface Drawn {
  teeth: readonly ToothShown[];
  called: ReadonlySet<Tooth>;
}

/** How a tooth stands by a code; nothing where the code says no more than that it is there. */
const STANDS: Readonly<Partial<Record<string, Stands>>> = {
  4: "missing",
  5: "missing",
  8: "unerupted",
  9: "not_seen",
  S: "shed",
};

/** Draws what is called, as it will stand once it is kept; `all` are the others, where they are called sound together. */
export function withCalls(teeth: readonly ToothShown[], calls: readonly Call[], all: AllSound): Drawn {
  const drawn = teeth.map((shown) => {
    const own = calls.filter(({ tooth, code }) => tooth === shown.tooth && code !== null);
    const found = own.flatMap(foundBy).map(markOf);
    return own.length > 0 ? own.reduce((now, call) => called(now, call, found), shown) : among(shown, all);
  });
  const other = drawn.filter((shown, at) => shown !== teeth[at]).map(({ tooth }) => tooth);
  return { teeth: drawn, called: new Set(other) };
}

function among(shown: ToothShown, { sound, unerupted, shed }: AllSound): ToothShown {
  const has = (list: readonly Tooth[]) => list.includes(shown.tooth);
  const stands = has(sound) ? "present" : has(unerupted) ? "unerupted" : has(shed) ? "shed" : shown.stands;
  return stands === shown.stands ? shown : { ...shown, stands };
}

/** A tooth with one more call of a look that found `all` of it. */
function called(shown: ToothShown, call: Call, all: readonly MarkDrawn[]): ToothShown {
  const plan = plannedBy(call);
  if (plan) {
    const { treatment, surfaces } = plan;
    return { ...shown, planned: [...shown.planned, { treatment, ...(surfaces ? { surfaces } : {}) }] };
  }
  if (call.planned || call.code === null) return shown;
  const stands = STANDS[call.code];
  if (stands) return { ...shown, stands, marks: stands === "not_seen" ? shown.marks : [] };
  if (call.code === "0") return { ...shown, stands: "present", marks: [] };
  const found = foundBy(call).map(markOf);
  const decayed = all.some(({ mark }) => mark === "caries");
  const goesOn = (was: MarkDrawn) => {
    const over = found.filter((made) => supersedes(made, was));
    const same = over.find(({ mark }) => mark === was.mark);
    if (over.length === 0 || same) return !same || repeats(same, was);
    // What is called again goes on, and decay does beside a filling: such a tooth is both.
    const filled = over.every(({ mark }) => mark === "filled");
    return all.some((again) => repeats(again, was)) || (decayed && filled && was.mark === "caries");
  };
  const marks = shown.marks.filter(goesOn);
  const added = found.filter((made) => !marks.some((was) => repeats(made, was)));
  return { ...shown, stands: "present", marks: [...marks, ...added] };
}

/** Whether all that a call finds stands of its tooth already: it goes on, and is not written twice. */
export function standsAlready(call: Call, teeth: readonly ToothShown[]): boolean {
  const found = foundBy(call).map(markOf);
  const marks = teeth.find(({ tooth }) => tooth === call.tooth)?.marks ?? [];
  return found.length > 0 && found.every((made) => marks.some((was) => repeats(made, was)));
}

function markOf({ mark, surfaces, depth }: FoundMark): MarkDrawn {
  return { mark, ...(surfaces ? { surfaces } : {}), ...(depth ? { depth } : {}) };
}

/** Whether `made` ends `was`, as keeping it will (`dental::supersedes`). */
function supersedes(made: MarkDrawn, was: MarkDrawn): boolean {
  if (made.mark === "crown") return UNDER_A_CROWN.includes(was.mark);
  if (made.mark === "filled") return UNDER_A_FILLING.includes(was.mark) && covers(made, was);
  if (made.mark === "root_filled") return was.mark === "pulp_treated" || was.mark === "root_filled";
  return made.mark === was.mark && (covers(made, was) || !was.surfaces);
}

const UNDER_A_FILLING: readonly Mark[] = ["caries", "temporary_filling", "filled", "sealant"];
const UNDER_A_CROWN: readonly Mark[] = [...UNDER_A_FILLING, "veneer", "fractured", "crown"];

/** Whether `again` says what `was` says already (`ToothMark::repeats`). */
function repeats(again: MarkDrawn, was: MarkDrawn): boolean {
  const adds = again.depth !== undefined && again.depth !== was.depth;
  return again.mark === was.mark && !adds && (covers(was, again) || !again.surfaces);
}

/** Whether `over` lies on all surfaces of `under`. */
function covers(over: MarkDrawn, under: MarkDrawn): boolean {
  if (!over.surfaces || !under.surfaces) return over.surfaces === under.surfaces;
  return [...under.surfaces].every((surface) => over.surfaces?.includes(surface));
}
