import type { NoteSetRow } from "../generated/NoteSetRow";
import type { NoteView } from "../generated/NoteView";
import type { PresentVisit } from "../generated/PresentVisit";
import type { QueueRow } from "../generated/QueueRow";
import type { QueueTicket } from "../generated/QueueTicket";
import type { VisitView } from "../generated/VisitView";
import type { Handlers } from "../host/memory";
import { banner, charted, GUSTAVA, MUHAMMAD, person } from "./people";
import { vitalSigns } from "./vitals";

/** The visit that the person is in. */
export const VISIT = "v1";
const KEPT = { id: "x", version: 4, conflict: false };

/** The visit as the banner tells it, but for what is said otherwise. */
export function present(but: Partial<PresentVisit> = {}): PresentVisit {
  return {
    id: VISIT,
    version: 2,
    status: "in_progress",
    since: "10:12",
    day: "2026-11-22",
    attending: "Dr Maria Reyes",
    mine: true,
    urgency: null,
    ...but,
  };
}

/** An open note of the person signed in, but for what is said otherwise. */
export function noteView(but: Partial<NoteView> = {}): NoteView {
  return {
    id: "n1",
    version: 3,
    visit: VISIT,
    patient: person().id,
    author: "Dr Maria Reyes",
    author_id: "01900000-0000-7000-8000-000000000001",
    mine: true,
    signed_at: null,
    details: {
      concern: "Sore throat and fever for two days, missed class yesterday.",
      history: "No rash, no travel. Classmate ill.",
      examination: "Tonsils enlarged, exudate left. No rash. Chest clear.",
      diagnoses: {
        d1: { name: "Acute tonsillitis", code: "J03.9", primary: true, certainty: "confirmed" },
      },
      plan: "Fluids, paracetamol, review in 48 h if no better.",
    },
    addenda: [],
    late: [],
    disputed: [],
    ...but,
  };
}

/** A visit without any note yet, but for what is said otherwise. */
export function visitView(but: Partial<VisitView> = {}): VisitView {
  return {
    id: VISIT,
    version: 2,
    patient: person().id,
    details: { kind: "consultation", status: "in_progress" },
    attending: "Dr Maria Reyes",
    disputed: [],
    notes: [],
    note_open: false,
    measured: [],
    certificates: [],
    ...but,
  };
}

/** A visit of the list of those who are here, but for what is said otherwise. */
export function queueRow(visit: string, but: Partial<QueueRow> = {}): QueueRow {
  return {
    visit,
    version: 1,
    person: person(),
    kind: "consultation",
    status: "arrived",
    since: "10:12",
    day: "2026-11-22",
    minutes: 30,
    concern: null,
    attending: null,
    mine: false,
    urgency: null,
    urgent_for: null,
    why: "turn",
    ticket: null,
    estimate: null,
    earlier: false,
    ...but,
  };
}

/** A ticket that waits for the nurse, but for what is said otherwise. */
export function queueTicket(number: string, but: Partial<QueueTicket> = {}): QueueTicket {
  return { id: `t ${number}`, version: 1, number, queue: "nurse", status: "waiting", called: null, ...but };
}

/** Who is here, in the order in which they came. */
export const HERE: QueueRow[] = [
  queueRow("w1", { person: MUHAMMAD, since: "08:31", minutes: 131, concern: "Does not drink" }),
  queueRow(VISIT, {
    status: "in_progress",
    attending: "Dr Maria Reyes",
    mine: true,
    concern: "Sore throat",
  }),
  queueRow("w2", {
    person: GUSTAVA,
    status: "triaged",
    since: "10:20",
    minutes: 22,
    kind: "follow_up",
  }),
  queueRow("w3", {
    person: person({ id: "p4", family: "Dela Cruz", given: "Ana", title: null, sex: "female" }),
    status: "in_progress",
    attending: "Dr Ana Lim",
    kind: "routine",
  }),
];

/** A set with which notes begin; without more, one of the program. */
export function noteSet(set: string, over: Partial<NoteSetRow> = {}): NoteSetRow {
  const none = { id: null, version: null, status: null, number: null, follows: null };
  const unpublished = { apart: false, published_at: null, published_by: null };
  const anybody = { kinds: [], from_age: null, until_age: null };
  const texts = { history: "", treatment: "", plan: "" };
  return { set, begins: true, ...none, ...unpublished, ...anybody, systems: [], ...texts, ...over };
}

/** A published set of the clinic's own. */
export const ownSet = (set: string, over: Partial<NoteSetRow> = {}): NoteSetRow =>
  noteSet(set, { id: "x", version: 1, status: "published", number: 1, ...over });

/** A set of systems of the tests. */
export const NOTE_SETS: NoteSetRow[] = [
  noteSet("general", {
    systems: [
      { system: "general", normal: "Alert, not in distress" },
      { system: "skin", normal: "Warm, no rash" },
      { system: "lungs", normal: "Clear on both sides" },
      { system: "neurological", normal: "Oriented" },
    ],
  }),
  noteSet("injury", { kinds: ["emergency"], systems: [{ system: "injured_part", normal: "" }] }),
];

/** The answers about a person who is in a visit. */
export const VISITING: Handlers = {
  banner: () => banner({ visit: present() }),
  ...charted({
    acts: [
      {
        act: "repeat_blood_pressure",
        record: "o1",
        at: "2026-11-22T10:14:00+08:00",
        value: "148/92",
        unit: "mmHg",
        first: true,
      },
    ],
  }),
  note_sets: () => ({ rows: NOTE_SETS, next: null }),
  snippets: () => ({ rows: [], next: null }),
  visit: () => visitView(),
  visit_details: () => ({ version: 2, patient: person().id, details: { kind: "consultation" } }),
  note: () => noteView(),
  vital_signs: () => vitalSigns(),
  queue: () => ({ rows: HERE, room: "Room 1", room_said: true }),
  start_visit: () => ({ ...KEPT, id: VISIT }),
  step_visit: () => KEPT,
  edit_visit: () => KEPT,
  save_note: () => ({ ...KEPT, id: "n1" }),
  sign_note: () => ({ ...KEPT, id: "n1" }),
  void_note: () => KEPT,
  add_addendum: () => KEPT,
  record_vitals: () => ({ ids: ["o9"], levels: [], act: [] }),
  void_vital: () => KEPT,
};
