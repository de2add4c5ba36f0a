import type { MarkDrawn } from "../../generated/MarkDrawn";
import type { Mark } from "../../generated/Mark";
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

/** What one call of a place covers: what is said of the same surfaces later holds instead. */
const COVERED: readonly Mark[] = ["caries", "filled", "temporary_filling", "sealant"];

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
    return own.length > 0 ? own.reduce(called, shown) : among(shown, all);
  });
  const other = drawn.filter((shown, at) => shown !== teeth[at]).map(({ tooth }) => tooth);
  return { teeth: drawn, called: new Set(other) };
}

function among(shown: ToothShown, { sound, unerupted, shed }: AllSound): ToothShown {
  const has = (list: readonly Tooth[]) => list.includes(shown.tooth);
  const stands = has(sound) ? "present" : has(unerupted) ? "unerupted" : has(shed) ? "shed" : shown.stands;
  return stands === shown.stands ? shown : { ...shown, stands };
}

function called(shown: ToothShown, call: Call): ToothShown {
  const plan = plannedBy(call);
  if (plan) {
    const { treatment, surfaces } = plan;
    return { ...shown, planned: [...shown.planned, { treatment, ...(surfaces ? { surfaces } : {}) }] };
  }
  if (call.planned || call.code === null) return shown;
  const stands = STANDS[call.code];
  if (stands) return { ...shown, stands, marks: stands === "not_seen" ? shown.marks : [] };
  const found: MarkDrawn[] = foundBy(call).map(({ mark, surfaces, depth }) => ({
    mark,
    ...(surfaces ? { surfaces } : {}),
    ...(depth ? { depth } : {}),
  }));
  const goesOn = ({ mark, surfaces }: MarkDrawn) =>
    call.code !== "0" &&
    !(
      COVERED.includes(mark) &&
      covers(call.surfaces, surfaces ?? "") &&
      found.some((each) => COVERED.includes(each.mark))
    );
  return { ...shown, stands: "present", marks: [...shown.marks.filter(goesOn), ...found] };
}

/** Whether what lies on `under` lies on the surfaces `over` too; without any it is the whole tooth. */
function covers(over: string, under: string): boolean {
  return over === "" || (under !== "" && [...under].every((surface) => over.includes(surface)));
}
