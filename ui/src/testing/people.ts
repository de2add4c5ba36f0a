import type { Banner } from "../generated/Banner";
import type { Claim } from "../generated/Claim";
import type { Observation } from "../generated/Observation";
import type { PersonRow } from "../generated/PersonRow";
import type { TimelineRow } from "../generated/TimelineRow";
import type { Vital } from "../generated/Vital";
import type { DueAct } from "../generated/DueAct";
import type { Fact } from "../generated/Fact";
import { Refused } from "../host/host";
import type { Handlers } from "../host/memory";
import type { AnyClaim, ClaimKind } from "../records/kind";
import { CLAIM_KINDS, kindOf } from "../records/kinds";

/** A person, but for what is said otherwise. */
export function person(but: Partial<PersonRow> = {}): PersonRow {
  return {
    id: "01900000-0000-7000-8000-00000000a001",
    family: "Mejía",
    given: "Gustavo",
    middle: null,
    title: "Mr",
    birth_date: "1999-07-14",
    age: { unit: "years", count: 27 },
    sex: "male",
    number: "2019-104-883",
    number_label: "student",
    belongs: "BS Tourism, year 4",
    died: false,
    inactive: false,
    ...but,
  };
}

/** Another of nearly the same name. */
export const GUSTAVA = person({
  id: "01900000-0000-7000-8000-00000000a002",
  family: "Mejias",
  given: "Gustava",
  title: "Ms",
  birth_date: "~1948",
  age: { unit: "years", count: 78 },
  sex: "female",
  number: "2026-000-118",
  belongs: null,
});

/** An infant with a name in Arabic script. */
export const MUHAMMAD = person({
  id: "01900000-0000-7000-8000-00000000a003",
  family: "الحسن",
  given: "محمد علي",
  title: null,
  birth_date: "2026-10-30",
  age: { unit: "days", count: 23 },
  number: "2026-000-119",
  number_label: null,
  belongs: null,
});

/** A banner, but for what is said otherwise. */
export function banner(but: Partial<Banner> = {}): Banner {
  return {
    person: person(),
    version: 7,
    allergies: {
      state: "known",
      list: [
        { substance: "penicillin", reaction: "rash", severe: true },
        { substance: "latex", reaction: null, severe: false },
      ],
    },
    alerts: [],
    emergency: [{ name: "Rosa Mejía", relation: "mother", phone: "+63 917 555 0100" }],
    visit: null,
    disputed: [],
    ...but,
  };
}

/** A record of the chart, but for what is said otherwise. */
export function claim<T>(id: string, details: T, but: Partial<Claim<T>> = {}): Claim<T> {
  return { id, version: 3, disputed: [], past: false, shortened: false, details, ...but };
}

const NURSE = "Nurse Liza Cruz";
const DOCTOR = "Dr Maria Reyes";
const AT = "2026-11-22T10:14:00+08:00";

function amount(code: string, value: string, unit: string, at = AT): Observation {
  return { category: "vital-signs", code: { code, display: code }, at, quantity: { value, unit } };
}

const PRESSURE: Observation = {
  category: "vital-signs",
  code: { code: "85354-9", display: "Blood pressure" },
  at: AT,
  components: {
    a: { code: { code: "8480-6" }, quantity: { value: "148", unit: "mm[Hg]" } },
    b: { code: { code: "8462-4" }, quantity: { value: "92", unit: "mm[Hg]" } },
  },
};
const SIGNS: Observation[] = [
  PRESSURE,
  amount("8310-5", "38.4", "Cel"),
  amount("8867-4", "96", "/min"),
  amount("9279-1", "18", "/min"),
  amount("59408-5", "98", "%"),
];

/** What of it is out of range. */
const LEVELS: Record<string, Vital["level"]> = { "85354-9": "high", "8310-5": "high" };

function vital(details: Observation, but: Partial<Vital> = {}): Vital {
  const id = `v${details.code?.code}`;
  const level = LEVELS[details.code?.code ?? ""] ?? "normal";
  return {
    id,
    version: 1,
    at: details.at ?? null,
    author: NURSE,
    imported: false,
    level,
    levels: {},
    details,
    ...but,
  };
}

/** What a chart holds. */
export interface Charted extends Partial<Record<ClaimKind, readonly AnyClaim[]>> {
  vitals: Vital[];
  acts: DueAct[];
  counts: Record<string, number>;
}

const CHARTED: Charted = {
  vitals: [
    ...SIGNS.map((sign) => vital(sign)),
    vital(amount("29463-7", "71.5", "kg", "2026-09-03T14:05:00+08:00"), { author: DOCTOR }),
  ],
  acts: [],
  allergy: [
    claim("al1", { substance: "penicillin", reaction: "rash", severity: "moderate" as const }),
    claim("al2", { substance: "latex" }),
  ],
  problem: [
    claim("pr1", { name: "Asthma, mild intermittent", status: "active" as const, since: "2008" }),
    claim("pr2", { name: "Myopia", side: "both", status: "stable" as const, since: "2015" }),
    claim("pr3", { name: "Acute bronchitis", status: "resolved" as const, since: "2024-02" }, { past: true }),
  ],
  medicine: [
    claim("me1", {
      name: "salbutamol",
      brand: "Ventolin",
      strength: "100 micrograms",
      form: "inhaler",
      dose: "2 puffs",
      route: "inhaled",
      as_needed: true,
    }),
    claim(
      "me2",
      { name: "paracetamol", strength: "500 mg", form: "tablet", dose: "1 tablet", status: "stopped" },
      { past: true },
    ),
  ],
  background: [
    claim("bg1", { name: "Breast cancer", sort: "family" as const, relative: "mother", remarks: "at 45" }),
    claim("bg2", { name: "Appendectomy", sort: "operation" as const, when: "2012", status: "past" as const }),
    claim("bg3", { name: "Smoking", sort: "habit" as const, status: "never" as const }),
  ],
  immunisation: [
    claim("im1", {
      vaccine: "Influenza, seasonal",
      given: "2026-06-02",
      dose: "1",
      next_due: "2027-06-02",
    }),
    claim("im2", { vaccine: "Tetanus and diphtheria, adult", given: "2019-08-14" }),
  ],
  counts: {
    visit: 3,
    note: 2,
    observation: 28,
    problem: 3,
    medicine: 2,
    allergy: 2,
    immunisation: 2,
    certificate: 1,
  },
};

/** The answers about a chart with something of each kind, but for what is said otherwise. */
export function charted(but: Partial<Charted> | (() => Partial<Charted>) = {}): Handlers {
  const now = () => ({ ...CHARTED, ...(typeof but === "function" ? but() : but) });
  const of = (kind: ClaimKind) => now()[kind] ?? [oneOf(kind)];
  const cards = CLAIM_KINDS.flatMap((kind) => [
    [
      kindOf(kind).many,
      () => {
        const rows = of(kind);
        const past = rows.filter((claim) => claim.past).length;
        return { rows, now: rows.length - past, past, next: null };
      },
    ],
    [
      kind,
      ({ id }: { id: string }) => {
        const found = of(kind).find((claim) => claim.id === id);
        if (!found) throw new Refused("not_found");
        return found;
      },
    ],
  ]);
  return {
    chart: () => ({
      counts: now().counts,
      disputed: CLAIM_KINDS.flatMap((kind) =>
        of(kind)
          .filter(({ disputed }) => disputed.length > 0)
          .map(({ id, disputed, details }) => ({ id, fields: disputed, fact: { kind, details } as Fact })),
      ),
    }),
    latest_vitals: () => ({ vitals: now().vitals, acts: now().acts, more: 0 }),
    ...(Object.fromEntries(cards) as Handlers),
  };
}

/** A record of a kind that this chart has no story of. */
function oneOf(kind: ClaimKind): AnyClaim {
  const required = kindOf(kind).form.filter((field) => field.required);
  return claim(`${kind}1`, Object.fromEntries(required.map(({ name }) => [name, "something"])));
}

/** A row of the timeline at the site's day and time. */
export function row(
  id: string,
  day: string,
  time: string | null,
  fact: TimelineRow["fact"],
  but: Partial<TimelineRow> = {},
): TimelineRow {
  const at = Date.parse(`${day}T${time ?? "12:00"}:00+08:00`);
  return {
    id,
    version: 1,
    at,
    day,
    time,
    author: DOCTOR,
    imported: false,
    signed: false,
    disputed: [],
    shortened: false,
    level: null,
    levels: {},
    act: null,
    fact,
    ...but,
  };
}

const LAB = [
  ["Leukocytes", "7.424226501631276", "10*3/uL"],
  ["Erythrocytes", "3.93", "10*6/uL"],
  ["Haemoglobin", "16.6", "g/dL"],
  ["Haematocrit", "41.7", "%"],
  ["MCV", "90.3", "fL"],
  ["MCH", "29.5", "pg"],
  ["MCHC", "34.4", "g/dL"],
  ["Platelets", "300", "10*3/uL"],
].map(([display = "", value = "", unit = ""]): Observation => ({
  category: "laboratory",
  code: { code: display, display },
  quantity: { value, unit },
}));

/** What happened to the person, latest first. */
export const HAPPENED: TimelineRow[] = [
  row("n1", "2026-11-22", "10:31", {
    kind: "note",
    details: {
      visit: "v1",
      concern: "Sore throat and fever for two days",
      diagnoses: { a: { name: "Acute tonsillitis", code: "J03.9", primary: true, certainty: "confirmed" } },
    },
  }),
  ...SIGNS.map((details, at) =>
    row(
      `s${at}`,
      "2026-11-22",
      "10:14",
      { kind: "observation", details: { ...details, visit: "v1" } },
      {
        author: NURSE,
        level: LEVELS[details.code?.code ?? ""] ?? "normal",
        act: at === 0 ? ("repeat_blood_pressure" as const) : null,
      },
    ),
  ),
  row("v1", "2026-11-22", "10:12", {
    kind: "visit",
    details: { kind: "consultation", status: "in_progress", concern: "sore throat" },
  }),
  row("c1", "2026-09-03", "14:20", {
    kind: "certificate",
    details: {
      verdict: "fit",
      status: "issued",
      number: "MAIN-02-26-00418-K",
      recommendation: "Off-campus tour",
    },
  }),
  ...LAB.map((details, at) => row(`l${at}`, "2026-09-03", "14:05", { kind: "observation", details })),
  row(
    "v2",
    "2026-09-03",
    "14:02",
    { kind: "visit", details: { kind: "routine", status: "completed", concern: "medical clearance" } },
    { signed: true },
  ),
  row("m1", "2026-02-11", "09:10", {
    kind: "medicine",
    details: {
      name: "paracetamol",
      strength: "500 mg",
      form: "tablet",
      dose: "1 tablet",
      route: "oral",
      frequency: "every 6 hours",
      as_needed: true,
      status: "completed",
      until: "2026-02-14",
    },
  }),
  row("i1", "2026-02-11", null, {
    kind: "immunisation",
    details: { vaccine: "Influenza, seasonal", dose: "1", lot: "A7731", next_due: "2027-02-11" },
  }),
  row("a1", "2019-08-14", null, {
    kind: "allergy",
    details: { substance: "penicillin", reaction: "rash", severity: "moderate" },
  }),
  row(
    "p1",
    "2008-01-01",
    null,
    { kind: "problem", details: { name: "Asthma, mild intermittent", status: "active", since: "2008" } },
    { disputed: ["severity"] },
  ),
];

/** The answers about this person and their neighbours. */
export const PEOPLE: Handlers = {
  recent_patients: () => ({ people: [person(), GUSTAVA, MUHAMMAD], opened: true }),
  find_codes: () => ({ rows: [], sources: [] }),
  find_patients: ({ text }) => ({ people: /^mej/i.test(text) ? [person(), GUSTAVA] : [] }),
  similar_patients: () => ({ people: [] }),
  banner: () => banner(),
  ...charted(),
  timeline: ({ kinds }) => ({
    rows: HAPPENED.filter(({ fact }) => kinds.length === 0 || kinds.includes(fact.kind)),
    next: null,
  }),
  keep_scratch: () => ({ time: "10:32" }),
  ask_who_looked: () => ({}),
  looked_elsewhere: () => ({ attached: false, asked: false, rows: null, more: false, trails: [] }),
  who_looked: () => ({
    rows: [
      ["add_allergy", NURSE, "nurse", "done"],
      ["chart", DOCTOR, "doctor", "done"],
      ["edit_problem", "Ben Santos", "front_desk", "not_permitted"],
    ].map(([action = "", user = "", role = "", outcome = ""], at) => ({
      seq: 900 - at,
      wall: `2026-11-22T10:${31 - at}:00+08:00`,
      user,
      role,
      action,
      object: null,
      patient: person().id,
      outcome,
      reason: null,
      name: null,
      times: null,
    })),
  }),
};
