import type { AddendumRow } from "../generated/AddendumRow";
import type { FilledRow } from "../generated/FilledRow";
import type { FilledView } from "../generated/FilledView";
import type { FormView } from "../generated/FormView";
import type { Holds } from "../generated/Holds";
import type { Item } from "../generated/Item";
import type { Numeric } from "../generated/Numeric";
import type { Section } from "../generated/Section";
import type { Spec } from "../generated/Spec";
import type { Handlers } from "../host/memory";
import { person } from "./people";
import { VISIT } from "./visits";

/** Something that is asked, of one side and always, but for what is said otherwise. */
export function item(key: string, label: string, holds: Holds, but: Partial<Item> = {}): Item {
  return {
    key,
    label: { en: label },
    holds,
    sides: "one",
    many: false,
    critical: false,
    to_sign: false,
    show: { when: "always" },
    ...but,
  };
}

export function amount(low: string, high: string, but: Partial<Numeric> = {}): Holds {
  return {
    sort: "number",
    of: {
      units: [],
      places: 0,
      step: null,
      possible: { low, high },
      plausible: null,
      since_last: null,
      signed: false,
      ...but,
    },
  };
}

export function choice(sort: "choice" | "finding", options: Record<string, string>): Holds {
  const offered = Object.entries(options).map(([code, label]) => ({ code, label: { en: label } }));
  return { sort, of: { name: "ours", edition: "", options: offered } };
}

const DIOPTRES: Partial<Numeric> = { places: 2, step: "0.25", signed: true };
const BOTH = { sides: "right_left" } as const;

function spec(code: string, title: string, items: Item[], layout: Section["layout"] = "rows"): Spec {
  return {
    code,
    version: 1,
    title: { en: title },
    fill: ["nurse", "optometrist", "doctor"],
    sign: ["optometrist", "doctor"],
    sections: [{ key: "all", title: { en: title }, layout, items }],
    checks: [],
    line: [],
  };
}

/** The forms of the tests: a reading of one value, a reading of several, and findings. */
export const SPECS: Readonly<Record<string, Spec>> = {
  "eye.pressure@1": spec("eye.pressure", "Pressure", [
    item(
      "iop",
      "Pressure",
      {
        sort: "reading",
        of: {
          says: "{value}",
          parts: [
            item("method", "Method", choice("choice", { goldmann: "Goldmann", rebound: "Rebound" })),
            item("at", "Time", { sort: "time" }),
            item("value", "Pressure", amount("0", "80", { units: ["mmHg"] })),
          ],
        },
      },
      { ...BOTH, many: true },
    ),
    item("target", "Target", amount("5", "40", { units: ["mmHg"] }), { ...BOTH, critical: true }),
  ]),
  "eye.acuity@1": spec("eye.acuity", "Acuity", [
    item(
      "va",
      "Acuity",
      {
        sort: "reading",
        of: {
          says: "{value} {with}",
          parts: [
            item("chart", "Chart", choice("choice", { snellen_m: "Snellen, metres", logmar: "logMAR" })),
            item("cm", "Distance", amount("5", "1000", { units: ["cm"] })),
            item("value", "Acuity", { sort: "acuity" }, { to_sign: true }),
            item("with", "With", choice("choice", { unaided: "unaided", best: "best corrected" })),
            item("head", "Head", choice("choice", { straight: "straight", turned: "turned" })),
          ],
        },
      },
      { sides: "right_left_both", many: true },
    ),
  ]),
  "dental.visit@1": {
    ...spec(
      "dental.visit",
      "Dental visit",
      [
        item("latex", "Latex", choice("choice", { yes: "yes", no: "no" }), { to_sign: true }),
        item("anaesthesia", "Anaesthesia", choice("choice", { none: "none", given: "given" })),
        item(
          "dose",
          "Dose",
          {
            sort: "reading",
            of: {
              says: "{agent} {ml} {tooth}",
              parts: [
                item("agent", "Agent", choice("choice", { lidocaine: "lidocaine", other: "other" })),
                item("ml", "Amount", amount("0.1", "50", { units: ["mL"], places: 1 })),
                item("tooth", "Tooth", { sort: "tooth" }),
              ],
            },
          },
          { many: true, show: { when: "is", of: ["anaesthesia", "given"] } },
        ),
        item("given", "Given in all", { sort: "derived", of: "anaesthetic_given" }),
      ],
      "stack",
    ),
    fill: ["nurse", "dentist"],
    sign: ["dentist"],
  },
  "dental.hygiene@1": {
    ...spec(
      "dental.hygiene",
      "Oral hygiene",
      [
        item("debris", "Debris", choice("choice", { 0: "0 none", 1: "1 up to a third" }), {
          sides: "index_teeth",
        }),
        item("plaque", "Plaque", choice("finding", { M: "mesial", D: "distal", B: "buccal", L: "lingual" }), {
          sides: "teeth",
        }),
        item("share", "Plaque record", { sort: "derived", of: "plaque_record" }),
      ],
      "mouth",
    ),
    fill: ["nurse", "dentist"],
    sign: ["dentist"],
  },
  "dental.bpe@1": {
    ...spec(
      "dental.bpe",
      "Gums by sextant",
      [item("code", "Code", choice("choice", { "3": "3", "3*": "3*", x: "X" }), { sides: "sextants" })],
      "mouth",
    ),
    fill: ["nurse", "dentist"],
    sign: ["dentist"],
  },
  "eye.refraction@1": spec("eye.refraction", "Refraction", [
    item(
      "lens",
      "Refraction",
      {
        sort: "reading",
        of: {
          says: "{sph} {cyl} ×{axis}",
          parts: [
            item(
              "method",
              "Method",
              choice("choice", { own_glasses: "Own glasses", subjective: "Subjective" }),
            ),
            item("sph", "Sph", amount("-40", "40", DIOPTRES)),
            item("cyl", "Cyl", amount("-15", "15", DIOPTRES)),
            item("axis", "Axis", amount("1", "180")),
            item("add", "Add", amount("0.25", "4", DIOPTRES)),
            item("se", "Sph. equiv.", { sort: "derived", of: "spherical_equivalent" }),
          ],
        },
      },
      { ...BOTH, many: true },
    ),
    item("pd", "PD", amount("40", "80", { units: ["mm"] })),
  ]),
  "eye.fundus@1": spec(
    "eye.fundus",
    "Fundus",
    [
      item("macula", "Macula", choice("finding", { oedema: "Oedema", scar: "Scar" }), BOTH),
      item("vessels", "Vessels", choice("finding", { narrow: "Narrow" }), BOTH),
    ],
    "columns",
  ),
};

/** A form as it is opened, nothing in it yet, but for what is said otherwise. */
export function formView(form: string, but: Partial<FormView> = {}): FormView {
  const asked = SPECS[form];
  if (!asked) throw new Error(`the tests have no form ${form}`);
  return { spec: asked, may_fill: true, may_sign: true, open: null, last: {}, ...but };
}

/** A form with the pressure of the right eye, open, but for what is said otherwise. */
export function filledView(but: Partial<FilledView> = {}): FilledView {
  return {
    id: "f1",
    version: 3,
    patient: person().id,
    visit: VISIT,
    form: "eye.pressure@1",
    title: { en: "Pressure" },
    known: true,
    at: "2026-11-22T09:34:00+08:00",
    author: "Nina Abad",
    signed_at: null,
    signed_by: null,
    answers: {
      "iop:R:k1": { p: { value: { n: "22" }, method: { c: "goldmann" }, at: { t: "09:34" } } },
      "target:R": { n: "18" },
    },
    by: {},
    remarks: [
      {
        path: "iop:R:k1",
        part: "value",
        code: "above_target",
        weight: "told",
        fields: { limit: "18", unit: "mmHg" },
      },
    ],
    hidden: [],
    derived: {},
    line: "R 22 mmHg",
    late: [],
    handed_back: {},
    addenda: [],
    disputed: [],
    shortened: false,
    ...but,
  };
}

/** The same signed by a doctor. */
export function signedView(but: Partial<FilledView> = {}): FilledView {
  return filledView({ signed_at: "2026-11-22T09:50:00+08:00", signed_by: "Dr Ana Lim", ...but });
}

/** What was added to it later. */
export function addendum(but: Partial<AddendumRow> = {}): AddendumRow {
  return {
    id: "a1",
    version: 2,
    text: "",
    reason: "A slip of the pen",
    answers: { "target:R": { n: "16" } },
    author: "Dr Ana Lim",
    at: "2026-11-22T11:00:00+08:00",
    ...but,
  };
}

/** The same in a list. */
export function filledRow(but: Partial<FilledRow> = {}): FilledRow {
  const { id, version, visit, form, title, at, author, line } = filledView();
  return {
    ...{ id, version, visit, form, title, at, author, line },
    ...{ signed: false, amended: false, disputed: false },
    ...but,
  };
}

const KEPT = { id: "f1", version: 4, conflict: false };

/** The answers about forms; the open visit has none of them yet. */
export const FORMS: Handlers = {
  forms: () => ({
    forms: Object.entries(SPECS).map(([form, { title, fill, sign }]) => ({
      form,
      title,
      fill,
      sign,
      may_fill: true,
      may_sign: true,
    })),
  }),
  form: ({ form }) => formView(form),
  filled: () => filledView(),
  filled_forms: () => ({ rows: [filledRow()], next: null }),
  check_form: () => ({ remarks: [], hidden: [], derived: {} }),
  save_form: () => KEPT,
  sign_form: () => KEPT,
  void_form: () => KEPT,
  amend_form: () => ({ ...KEPT, id: "a9" }),
  void_addendum: () => KEPT,
};
