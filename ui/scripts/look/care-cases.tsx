/** The answers behind the pictures of the queue, the board, the examination, the codes and the banner. */
import type { CodeFound } from "../../src/generated/CodeFound";
import type { KnownAllergy } from "../../src/generated/KnownAllergy";
import type { NoteSetRow } from "../../src/generated/NoteSetRow";
import type { PersonRow } from "../../src/generated/PersonRow";
import type { QueueRow } from "../../src/generated/QueueRow";
import type { SnippetRow } from "../../src/generated/SnippetRow";
import type { Handlers } from "../../src/host/memory";
import { banner, charted, claim, GUSTAVA, MUHAMMAD, person } from "../../src/testing/people";
import { noteSet, noteView, queueRow, queueTicket, VISITING, visitView } from "../../src/testing/visits";

const named = (id: string, family: string, given: string, but: Partial<PersonRow> = {}) =>
  person({ id, family, given, title: null, number: `2026-000-${id}`, ...but });
const LONG = named("7", "Wolfeschlegelsteinhausenbergerdorff de los Ángeles y Monteverde", "María Guadalupe");

const LINE: QueueRow[] = [
  queueRow("q1", {
    person: named("1", "Quiambao", "Jasper"),
    minutes: 18,
    concern: "Vital signs",
    ticket: queueTicket("A13", {
      status: "serving",
      called: { to: "Room 2", at: "10:38", minutes: 4, times: 2, elsewhere: "Room 4" },
    }),
  }),
  queueRow("q2", {
    person: named("2", "Marquez", "Ella"),
    minutes: 4,
    urgency: "now",
    urgent_for: "SpO₂ 86 %",
    concern: "Short of breath",
    why: "urgency",
    ticket: queueTicket("A15", { queue: "physician" }),
  }),
  queueRow("q3", {
    person: MUHAMMAD,
    minutes: 9,
    urgency: "urgent",
    concern: "Does not drink",
    why: "urgency",
    ticket: queueTicket("A16"),
    estimate: 3,
  }),
  queueRow("q4", {
    person: named("4", "Delos Reyes", "Mark Anthony"),
    minutes: 68,
    concern: "Dizziness",
    why: "waited",
    ticket: queueTicket("A11", { queue: "physician" }),
    estimate: 5,
  }),
  queueRow("q5", {
    person: LONG,
    minutes: 41,
    kind: "follow_up",
    attending: "Dr Maria Reyes",
    ticket: queueTicket("A12", { queue: "physician" }),
    estimate: 12,
  }),
  queueRow("q6", { person: GUSTAVA, minutes: 32, ticket: queueTicket("D06", { queue: "dental" }) }),
  queueRow("q7", {
    person: named("8", "Santos", "Maria Cristina"),
    minutes: 25,
    concern: "Field test of the left eye, three months after the first, asked for by the insurance",
    ticket: queueTicket("E03", { queue: "eye" }),
    estimate: 18,
  }),
  queueRow("q8", { person: named("9", "Lim", "Theresa"), minutes: 11, ticket: queueTicket("A17") }),
  queueRow("q9", { person: named("10", "Uy", "Bianca"), minutes: 7, ticket: queueTicket("A18") }),
  queueRow("q10", {
    person: named("11", "", "", { family: null, given: null, birth_date: null, age: null, number: null }),
    minutes: 1,
    ticket: queueTicket("K07", { queue: null }),
  }),
  queueRow("q11", {
    person: named("12", "Mejía", "Gustavo"),
    status: "in_progress",
    minutes: 24,
    concern: "Sore throat",
    attending: "Dr Maria Reyes",
    mine: true,
    ticket: queueTicket("A10", {
      status: "serving",
      called: { to: "Room 1", at: "10:18", minutes: 24, times: 1, elsewhere: null },
    }),
  }),
  queueRow("q12", {
    person: named("13", "Dela Cruz", "Ana"),
    status: "in_progress",
    minutes: 2 * 24 * 60,
    attending: "Dr Ana Lim",
  }),
];

const CALLS = [
  { call: "b1", ticket: "A13", room: "Room 2" },
  { call: "b2", ticket: "D05", room: "Chair 1" },
  { call: "b3", ticket: "B02", room: "Vaccines" },
  { call: "b4", ticket: "A10", room: "Room 1" },
  { call: "b5", ticket: "E02", room: "Eye room one" },
];
const board = (rows = CALLS, cut_off = false) => ({ rows, as_of: "10:31", cut_off });

const normal = (system: string, told: string) => ({ system, normal: told });
const SETS: NoteSetRow[] = [
  noteSet("general", {
    kinds: ["consultation"],
    systems: [
      normal("general", "Alert, not in distress"),
      normal("skin", "Warm, no rash, turgor good"),
      normal("head_ent", "No swelling, throat not red, ears clear"),
      normal("heart", "Regular, no murmur"),
      normal("lungs", "Clear on both sides, no wheeze"),
      normal("abdomen", "Soft, not tender, no mass"),
      normal("extremities", "No swelling, full pulses"),
      normal("neurological", "Oriented, walks without help"),
    ],
  }),
  noteSet("injury", {
    kinds: ["emergency"],
    systems: [
      normal("injured_part", ""),
      normal("circulation", "Pulses full, refill under 2 s"),
      normal("sensation", "Feels touch everywhere"),
      normal("skin", "Closed"),
      normal("joints", "Moves freely"),
    ],
  }),
];
const FOUND: CodeFound[] = [
  ["Acute tonsillitis", "J03.9", 14, 20, null],
  ["Acute streptococcal tonsillitis", "J03.0", 0, 3, null],
  ["Peritonsillar abscess", "J36", 0, 0, "quinsy"],
  ["Chronic tonsillitis", "J35.0", 0, 0, null],
  ["Acute pharyngitis", "J02.9", 0, 0, "sakit sa lalamunan"],
  ["Hypertrophy of tonsils with hypertrophy of adenoids", "J35.3", 0, 0, null],
].map(([name, code, own, clinic, also], at) => ({
  name: String(name),
  code: String(code),
  system: "http://hl7.org/fhir/sid/icd-10",
  version: "2019",
  also: also === null ? null : String(also),
  forgiven: at === 0,
  whole: at < 4,
  own: Number(own),
  clinic: Number(clinic),
  pinned: false,
}));
const NOTING: Handlers = {
  ...VISITING,
  note_sets: () => ({ rows: SETS, next: null }),
  find_codes: () => ({ rows: FOUND, sources: [] }),
  pin_code: () => ({}),
};
const finding = {
  finding: "finding" as const,
  text: "Tonsils enlarged, exudate left; tender nodes at both jaw angles",
};
const told = (system: string) => ({
  finding: "normal" as const,
  text: SETS[0]?.systems.find((each) => each.system === system)?.normal ?? "",
});
const examined = () =>
  noteView({
    details: {
      concern: "Sore throat and fever for two days, missed class yesterday.",
      history: "Swallowing hurts, no cough, no runny nose. Classmate ill since Thursday.",
      set: "general",
      exam: {
        ...Object.fromEntries(
          ["general", "skin", "heart", "lungs", "abdomen", "extremities"].map((each) => [each, told(each)]),
        ),
        head_ent: finding,
        neurological: { finding: "not_examined" },
      },
      diagnoses: { d1: { name: "Acute tonsillitis", code: "J03.9", primary: true, certainty: "confirmed" } },
      plan: "Paracetamol 500 mg every 6 hours as needed, fluids, rest. Review in 48 h.",
    },
  });

const MANY: KnownAllergy[] = [
  ["penicillin and every other antibiotic of its group", "anaphylaxis", true],
  ["ibuprofen", "asthma", true],
  ["latex", null, false],
  ["peanuts", "swelling of the lips", false],
  ["shellfish", null, false],
  ["bee stings", null, false],
].map(([substance, reaction, severe]) => ({
  substance: String(substance),
  reaction: reaction === null ? null : String(reaction),
  severe: severe === true,
}));
const laden = banner({
  person: person({ family: LONG.family, given: "María Guadalupe Fernanda", title: "Dra" }),
  allergies: { state: "known", list: MANY },
  alerts: [
    { text: "Falls", act: "do not leave alone, and put the couch down before they sit" },
    { text: "Hits when frightened: tell them each step before you touch them", act: null },
    { text: "Deaf in the left ear", act: "speak from the right" },
  ],
  lacks: ["privacy"],
});

const snippet = (id: string, key: string, text: string, but: Partial<SnippetRow> = {}): SnippetRow => ({
  id,
  version: 1,
  of: "own",
  may_edit: true,
  key,
  section: null,
  text,
  ...but,
});
const SNIPPETS = [
  snippet("s1", "rest", "Rest at home until {day}. Comes again if the fever lasts longer than {days} days."),
  snippet("s2", "throat", "Swallowing hurts since {time}, no cough, no runny nose.", { section: "history" }),
  snippet("s3", "fluids", "Drinks plenty. Paracetamol 500 mg every 6 hours as needed, at most 4 g a day.", {
    of: "clinic",
    may_edit: false,
    section: "plan",
  }),
  snippet("s4", "nad", "Nothing abnormal found.", { of: "shipped", may_edit: false, section: "examination" }),
].map((row) => (row.of === "shipped" ? { ...row, id: null, version: null } : row));

/** By the name of their case. */
export const CARE_CASES: Record<string, Handlers> = {
  line: { queue: () => ({ rows: LINE, room: "Room 1", room_said: true }) },
  "line-none": { queue: () => ({ rows: [], room: "Room 1", room_said: true }) },
  board: { board: () => board() },
  "board-none": { board: () => board([]) },
  "board-cut": { board: () => board(CALLS, true) },
  exam: NOTING,
  "exam-open": {
    ...NOTING,
    visit: () => visitView({ notes: [examined()], note_open: true }),
    note: examined,
  },
  "exam-injury": {
    ...NOTING,
    visit: () => visitView({ details: { kind: "emergency", status: "in_progress" } }),
  },
  codes: { find_codes: () => ({ rows: FOUND, sources: [] }), pin_code: () => ({}) },
  laden: { banner: () => laden },
  enrolled: charted({
    enrolment: [
      claim("en1", {
        school_year: "2026-2027",
        term: "1st semester",
        programme: "Bachelor of Science in International Tourism and Hospitality Management",
        year: "4",
        section: "B",
        campus: "Main",
        status: "enrolled" as const,
      }),
      claim("en2", { school_year: "2025-2026", programme: "BS Tourism", status: "on_leave" as const }),
    ],
  }),
  snippets: { snippets: () => ({ rows: SNIPPETS, next: null }) },
  "snippets-none": { snippets: () => ({ rows: [], next: null }) },
};
