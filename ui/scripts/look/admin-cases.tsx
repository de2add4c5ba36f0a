/** The answers behind the pictures of Admin: codes, the registrar's list, the clinic, and Sync and health. */
import type { CodePackRow } from "../../src/generated/CodePackRow";
import type { HeldList } from "../../src/generated/HeldList";
import type { ListedPerson } from "../../src/generated/ListedPerson";
import type { RefusedRow } from "../../src/generated/RefusedRow";
import type { Handlers } from "../../src/host/memory";
import { GUSTAVA, MUHAMMAD, person } from "../../src/testing/people";
import { ADMINISTRATOR, report, session, status } from "../../src/testing/signed-in";

const ADMIN: Handlers = { session: () => session({ role: "administrator", permissions: ADMINISTRATOR }) };

const pack = (id: string, but: Partial<CodePackRow> = {}): CodePackRow => ({
  id,
  seen: 4,
  system: "http://hl7.org/fhir/sid/icd-10",
  version: "2019",
  language: "en",
  licence: "World Health Organization, internal use, CC BY-ND 3.0 IGO, confirmed by the Ministry of Health",
  confirmed_by: "Noor Haddad",
  sha256: "00",
  active: true,
  here: 11243,
  ...but,
});
const PACKS = [
  pack("p1"),
  pack("p2", { system: "urn:clinic:own-list-of-dental-findings", version: "", licence: "Our own", here: 0 }),
  pack("p3", { version: "2016", active: false, here: 0, confirmed_by: null }),
];
const CODES: Handlers = {
  ...ADMIN,
  code_packs: () => ({ rows: PACKS, more: false, starter: 623, starter_coded: 600 }),
  take_in_codes: () => ({
    format: "table",
    system: "",
    version: "",
    names: 11243,
    first: ["Cholera due to Vibrio cholerae 01, biovar cholerae · A00.0", "Cholera, unspecified · A00.9"],
    left: [
      { line: 4, fault: "no_code" },
      { line: 90, fault: "long_name" },
    ],
    left_out: 12,
    sha256: "00",
    pack: null,
    here: false,
  }),
  uncoded: () => ({
    rows: [
      { name: "Bad knees", times: 3, last: "2026-11-20T10:14:00+08:00", near: "Joint pain", code: "M25.5" },
      {
        name: "Pain after a fall from the stairs of the library",
        times: 1,
        last: null,
        near: null,
        code: null,
      },
    ],
    total: 2,
    next: null,
  }),
};

const OPENED: HeldList = {
  id: "l1",
  name: "Enrolment list, first semester, all colleges (final).xlsx",
  format: "xlsx",
  sheet: "Enrolled",
  stage: "opened",
  columns: [
    { head: "Student No.", samples: ["2026-000-118", "2026-000-119"], means: "number" },
    { head: "Name", samples: ["Peña, Ana Sofía", "Villanueva-Macaraeg, Krishnamoorthy"], means: "name" },
    { head: "Sex", samples: ["F", "M"], means: "sex" },
    { head: "DOB", samples: ["14/7/2004", "2/11/2005"], means: "birth_date" },
    { head: "Program", samples: ["BS Tourism", "BS Nursing"], means: "programme" },
    { head: "Units", samples: ["21", "18"], means: null },
  ],
  more_columns: 0,
  remembered: true,
  dates: "day_first",
  zeros_lost: null,
  coverage: null,
  rows: 4213,
  unlooked: 4213,
  counts: [],
  due: 0,
  enrolled: 0,
  whole: true,
};
const LOOKED: HeldList = {
  ...OPENED,
  stage: "looked",
  unlooked: 0,
  coverage: { school_year: "2026-2027", term: "1st semester", campus: null, programmes: [], from: null },
  counts: [
    { outcome: "two_fit", all: 3, taken: 0 },
    { outcome: "anothers_number", all: 2, taken: 0 },
    { outcome: "bad", all: 14, taken: 0 },
    { outcome: "changed", all: 208, taken: 0 },
    { outcome: "left", all: 611, taken: 0 },
    { outcome: "new", all: 1180, taken: 0 },
    { outcome: "returning", all: 2195, taken: 0 },
  ],
  due: 3583,
  enrolled: 3017,
  whole: false,
};
const WITHOUT_LEFT = { ...LOOKED, counts: LOOKED.counts.filter(({ outcome }) => outcome !== "left") };
const APPLYING: HeldList = {
  ...WITHOUT_LEFT,
  stage: "applying",
  counts: WITHOUT_LEFT.counts.map((count) =>
    count.outcome === "returning" ? { ...count, taken: 1400 } : count,
  ),
  due: 2183,
};
const DONE: HeldList = {
  ...LOOKED,
  stage: "applied" as HeldList["stage"],
  counts: LOOKED.counts.map((count) =>
    ["two_fit", "anothers_number", "bad"].includes(count.outcome) ? count : { ...count, taken: count.all },
  ),
  due: 0,
};
const listed = (row: number, but: Partial<ListedPerson> = {}): ListedPerson => ({
  row,
  line: row + 1,
  number: `2026-000-${100 + row}`,
  name: "Peña, Ana Sofía",
  why: null,
  same_as: null,
  changes: [],
  person: null,
  candidates: [],
  choice: null,
  chosen: null,
  taken: false,
  ...but,
});
const ROWS: Record<string, ListedPerson[]> = {
  two_fit: [
    listed(1, { candidates: [GUSTAVA, person()] }),
    listed(4, {
      name: "Wolfeschlegelsteinhausenbergerdorff, María Guadalupe Fernanda Alejandra",
      candidates: [person()],
      choice: "person",
      chosen: person().id,
    }),
  ],
  anothers_number: [listed(9, { person: GUSTAVA, candidates: [GUSTAVA] })],
  bad: [
    listed(12, { why: "number_twice", same_as: 7 }),
    listed(13, { why: "no_number", number: null, name: "Cruz Ana 14/7/2004" }),
    listed(15, { why: "name_order", name: "Ana Cruz" }),
  ],
  changed: [
    listed(20, {
      person: person(),
      changes: [
        { what: "family", here: "Santos", list: "Peña" },
        { what: "programme", here: null, list: "Bachelor of Science in Tourism Management" },
      ],
    }),
    listed(21, { person: GUSTAVA, changes: [{ what: "phone", here: "0917", list: "0918" }], choice: "keep" }),
  ],
  left: [
    listed(30, {
      line: null,
      name: "",
      person: MUHAMMAD,
      changes: [{ what: "status", here: null, list: "left" }],
    }),
  ],
  new: [listed(40), listed(41)],
  returning: [listed(50, { person: person() })],
};
const rowsOf: Handlers["list_rows"] = ({ outcome }) => ({ rows: ROWS[outcome] ?? [], next: null });
const listing = (list: HeldList | null): Handlers => ({
  ...ADMIN,
  list_in_hand: () => ({ list }),
  list_rows: rowsOf,
});

const refused = (id: number, but: Partial<RefusedRow> = {}): RefusedRow => ({
  mine: false,
  id,
  at: "2026-11-21T16:02:00+08:00",
  author: "Ben Cruz",
  kind: "observation",
  patient: "p1",
  fault: "not_allowed",
  field: "inactive",
  held: false,
  disputed: false,
  stranded: false,
  number: null,
  number_taken: false,
  aside: false,
  ...but,
});
const AGREED = {
  attached: true,
  waiting: 0,
  waiting_since: null,
  received: 20417,
  applied: 81204,
  synced: "08:05",
  synced_day: "2026-11-22",
};
const SERVER = "https://server.university-clinic.example";

/** By the name of their case. */
export const ADMIN_CASES: Record<string, Handlers> = {
  "admin-codes": CODES,
  "admin-codes-none": {
    ...CODES,
    code_packs: () => ({ rows: [], more: false, starter: 623, starter_coded: 600 }),
    uncoded: () => ({ rows: [], total: 0, next: null }),
  },
  list: listing(null),
  "list-opened": listing(OPENED),
  "list-looked": listing(LOOKED),
  "list-applying": {
    ...listing(WITHOUT_LEFT),
    apply_list: ({ left }) => (asked++ === 0 && left === null ? APPLYING : new Promise(() => undefined)),
  },
  "list-done": listing(DONE),
  "admin-clinic": {
    ...ADMIN,
    clinic_and_sites: () => ({
      id: "c1",
      version: 3,
      name: "University Clinic",
      services: "Medical, dental and eye services",
      address: "P. del Rosario St., Cebu City",
      contact: "(032) 253 1000 · clinic@example.edu",
      disputed: ["address"],
      sites: [
        {
          id: "s1",
          version: 5,
          name: "Main Campus clinic",
          code: "MAIN",
          time_zone: "Asia/Manila",
          here: true,
          disputed: [],
        },
        {
          id: "s2",
          version: 5,
          name: "Talamban",
          code: "TAL",
          time_zone: "Asia/Manila",
          here: false,
          disputed: [],
        },
      ],
    }),
  },
  rejoin: {
    ...ADMIN,
    status: () =>
      status({
        ...AGREED,
        refused: 2,
        trouble: {
          code: "forked",
          reason: null,
          since: "2026-11-22T10:31:00+08:00",
          tried: "2026-11-22T10:40:00+08:00",
        },
      }),
    sync_report: () =>
      report({
        server: SERVER,
        waiting: [],
        receipt: { entries: 20417, at: "2026-11-22T08:05:00+08:00" },
        refused: [
          refused(-3, {
            kind: "certificate",
            fault: "false_code",
            field: null,
            stranded: true,
            number: "MAIN-01-26-00002-K",
            number_taken: true,
          }),
          refused(-4, { kind: "note", fault: "false_code", field: null, stranded: true }),
          refused(81, { kind: "allergy", field: "role", disputed: true }),
        ],
      }),
    workstations: () => ({
      rows: [
        {
          id: "w1",
          version: 4,
          name: "Front desk",
          site: "Main",
          this: true,
          active: true,
          follows: null,
          heard: null,
        },
      ],
      server: SERVER,
      server_fingerprint: null,
      fingerprint: "",
    }),
    check_log: () => ({ logs: 4, entries: 214, vouchers: 9, faults: [] }),
  },
};
let asked = 0;
