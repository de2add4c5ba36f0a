import type { FindingRow } from "../generated/FindingRow";
import type { Mouth } from "../generated/Mouth";
import type { Tooth } from "../generated/Tooth";
import type { ToothShown } from "../generated/ToothShown";
import type { TreatmentRow } from "../generated/TreatmentRow";
import type { Handlers } from "../host/memory";

const QUADRANTS = [
  ...[1, 2, 3, 4].map((quadrant) => [quadrant, 8] as const),
  ...[5, 6, 7, 8].map((quadrant) => [quadrant, 5] as const),
];

/** The Universal number of a tooth (ADA). */
function universalOf(quadrant: number, place: number): string {
  const numbers = [9 - place, 8 + place, 25 - place, 24 + place];
  const letters = [5 - place, 4 + place, 15 - place, 14 + place];
  if (quadrant <= 4) return String(numbers[quadrant - 1]);
  return String.fromCharCode(65 + (letters[quadrant - 5] ?? 0));
}

/** All 52 teeth, nobody has looked at them but for what is said otherwise. */
export function teeth(but: Partial<Record<Tooth, Partial<ToothShown>>> = {}): ToothShown[] {
  return QUADRANTS.flatMap(([quadrant, places]) =>
    Array.from({ length: places }, (_, at): ToothShown => {
      const tooth = `${quadrant}${at + 1}` as Tooth;
      return {
        tooth,
        universal: universalOf(quadrant, at + 1),
        stands: "unknown",
        code: quadrant > 4 ? "-" : "9",
        marks: [],
        planned: [],
        clashes: [],
        ...but[tooth],
      };
    }),
  );
}

/** A finding, but for what is said otherwise. */
export function finding(but: Partial<FindingRow> = {}): FindingRow {
  return {
    id: "m1",
    version: 3,
    tooth: "36",
    mark: "caries",
    surfaces: "O",
    depth: "dentine",
    for_caries: null,
    material: null,
    grade: null,
    on: "2026-11-22",
    ended: null,
    text: null,
    disputed: false,
    ...but,
  };
}

/** A planned treatment, but for what is said otherwise. */
export function treatment(but: Partial<TreatmentRow> = {}): TreatmentRow {
  return {
    id: "t1",
    version: 4,
    treatment: "filling",
    status: "planned",
    teeth: [{ tooth: "36", surfaces: "O" }],
    for_caries: null,
    material: "composite",
    plan_order: 1,
    phase: 1,
    nth: null,
    fee: "850.00",
    cover: null,
    text: null,
    reason: null,
    planned_on: "2026-11-22",
    on: null,
    agreed_by: null,
    agreed_as: null,
    agreed_on: null,
    agreed: false,
    loses: false,
    disputed: false,
    ...but,
  };
}

const NOTHING = { decayed: 0, missing: 0, filled: 0, seen: 0 };

/** The mouth of somebody of 27 with one decayed tooth, but for what is said otherwise. */
export function mouth(but: Partial<Mouth> = {}): Mouth {
  return {
    day: "2026-11-22",
    days: ["2026-11-22", "2026-02-11"],
    age: { unit: "years", count: 27 },
    guarded: false,
    teeth: teeth({
      36: {
        stands: "present",
        code: "1",
        marks: [{ mark: "caries", surfaces: "O", depth: "dentine" }],
        planned: [{ treatment: "filling", surfaces: "O" }],
      },
      16: { stands: "present", code: "0" },
    }),
    indices: {
      permanent: { ...NOTHING, decayed: 1, seen: 2, of: 32 },
      milk: { ...NOTHING, of: 20 },
    },
    clashes: [],
    more_clashes: 0,
    rows: [{ findings: [finding()], treatment: treatment() }],
    more: 0,
    ...but,
  };
}

/** The answers about the teeth of a person. */
export const MOUTH: Handlers = {
  forms: () => ({ forms: [] }),
  filled_forms: () => ({ rows: [], next: null }),
  mouth: () => mouth(),
  whole_mark: () => finding(),
  whole_treatment: () => treatment(),
  tooth: () => ({
    rows: [
      { on: "2026-11-22", says: { kind: "found", details: finding() }, author: "Dr Ana Lim" },
      {
        on: "2026-02-11",
        says: { kind: "looked", details: { id: "e1", version: 2, list: "sound" } },
        author: "Dr Paolo Cruz",
      },
      { on: "2026-02-11", says: { kind: "treated", details: treatment() }, author: "Dr Ana Lim" },
    ],
    more: false,
  }),
};
