/** The screens about patients over a table of answers: `#/patients/ID?case=rich`. */
import { createRoot } from "react-dom/client";
import { App } from "../../src/app/App";
import { Display } from "../../src/app/Display";
import { clinicRouter } from "../../src/app/router";
import type { HistoryStep } from "../../src/generated/HistoryStep";
import type { KnownAllergy } from "../../src/generated/KnownAllergy";
import type { Patient } from "../../src/generated/Patient";
import { Refused } from "../../src/host/host";
import { memoryHost, type Handlers } from "../../src/host/memory";
import { startText } from "../../src/i18n/start";
import { banner, charted, claim, GUSTAVA, PEOPLE, person } from "../../src/testing/people";
import { ADMIN_CASES } from "./admin-cases";
import { CARE_CASES } from "./care-cases";
import { FILE_CASES } from "./files-cases";
import { LEFT_CASES } from "./left-cases";
import { VISIT_CASES } from "./visit-cases";
import { vitalSigns } from "../../src/testing/vitals";
import { PAPERS } from "../../src/testing/papers";
import { ADMINISTRATOR, session, SIGNED_IN } from "../../src/testing/signed-in";
import { present, queueRow } from "../../src/testing/visits";

const LONG = person({
  family: "Wolfeschlegelsteinhausenbergerdorff de los Ángeles y Monteverde",
  given: "María Guadalupe Fernanda Alejandra",
  middle: "Santísima Trinidad",
  title: "Dra",
  belongs:
    "Bachelor of Science in International Tourism and Hospitality Management, year 4, College of Business",
});
const MANY: KnownAllergy[] = [
  { substance: "penicillin and every other antibiotic of its group", reaction: "anaphylaxis", severe: true },
  { substance: "ibuprofen", reaction: "asthma", severe: true },
  { substance: "latex", reaction: null, severe: false },
  { substance: "peanuts", reaction: "swelling of the lips", severe: false },
  { substance: "shellfish", reaction: null, severe: false },
  { substance: "bee stings", reaction: null, severe: false },
];
const DETAILS: Patient = {
  family: "Mejía",
  given: "Gustavo",
  title: "Mr",
  birth_date: "1999-07-14",
  sex: "male",
  category: "student",
  school: "College of Business",
  course: "BS Tourism",
  year_level: "year 4",
  identifiers: { i1: { system: "student", value: "2019-104-883" } },
  contacts: {
    c1: { system: "phone", value: "0917 555 0101", purpose: "mobile" },
    c2: { system: "email", value: "gustavo@example.org" },
  },
  relations: { r1: { name: "Rosa Mejía", relation: "mother", phone: "0917 555 0102", consents: true } },
  blood_group: "O+",
};
const { id } = person();
const bare = banner({ allergies: { state: "not_recorded" } });
const ALERTS = [
  { text: "Falls", act: "do not leave alone, and put the couch down before they sit" },
  { text: "Hits when frightened: tell them each step before you touch them", act: null },
  { text: "Deaf in the left ear", act: "speak from the right" },
  { text: "Isolated", act: "room 4" },
];
const long = banner({
  person: LONG,
  allergies: { state: "known", list: MANY },
  alerts: ALERTS,
  disputed: ["birth_date"],
});
const torn = banner({ disputed: ["birth_date", "contacts/c1/value"] });

const STEP: HistoryStep = {
  number: 1,
  verb: "patch",
  at: "2026-09-03T14:05:00+08:00",
  who: "Dr Maria Reyes",
  place: "Front desk",
  repeats: null,
  reason: null,
  changes: [],
  more: 0,
};

const CASES: Record<string, Handlers> = {
  ...VISIT_CASES,
  ...LEFT_CASES,
  ...CARE_CASES,
  ...FILE_CASES,
  ...ADMIN_CASES,
  rich: {},
  history: {
    history: () => ({
      kind: "problem",
      imported: false,
      steps: [
        { ...STEP, number: 3, verb: "void", reason: "Written into the wrong chart" },
        {
          ...STEP,
          number: 2,
          more: 2,
          changes: [
            { path: "certainty", from: ["suspected"], to: "confirmed" },
            { path: "since", from: ["2008"], to: null },
            { path: "name", from: ["Asthma", "Cough"], to: "Asthma, mild intermittent" },
          ],
        },
        {
          ...STEP,
          number: 1,
          verb: "create",
          changes: [{ path: "name", from: [], to: "Asthma" }],
        },
      ],
      next: null,
    }),
  },
  empty: {
    banner: () => bare,
    ...charted({ vitals: [], allergy: [], problem: [], medicine: [], immunisation: [], counts: {} }),
    timeline: () => ({ rows: [], next: null }),
    recent_patients: () => ({ people: [], opened: false }),
  },
  long: { banner: () => long },
  disputed: {
    banner: () => torn,
    ...charted({
      allergy: [
        claim("al1", { substance: "penicillin", severity: "severe" as const }, { disputed: ["severity"] }),
      ],
    }),
    scratches: () => ({
      rows: [
        {
          patient: id,
          subject: "problem.add",
          text: JSON.stringify({ version: null, before: {}, values: { name: "Migraine" } }),
          at: Date.parse("2026-11-22T02:32:00Z"),
        },
      ],
    }),
  },
  alike: {
    similar_patients: () => ({
      people: [
        { person: person(), likeness: { score: 100, reasons: ["names", "birth_date", "identifier"] } },
        { person: GUSTAVA, likeness: { score: 58, reasons: ["similar_names"] } },
      ],
    }),
  },
  desk: {
    session: () =>
      session({
        permissions: [
          "patient.read",
          "patient.register",
          "patient.edit",
          "visit.edit",
          "certificate.draft",
          "certificate.print",
          "session.use",
        ],
        role: "front_desk",
      }),
    banner: () =>
      banner({
        allergies: { state: "unavailable" },
        visit: present({ status: "arrived", attending: null, mine: false }),
      }),
    queue: () => ({
      rows: [queueRow("v1", { concern: "Sore throat since yesterday" })],
      room: "Room 1",
      room_said: true,
    }),
    ...PAPERS,
  },
  administrator: {
    session: () => session({ permissions: ADMINISTRATOR, role: "administrator" }),
    banner: () => banner({ person: person({ died: true }), allergies: { state: "unavailable" } }),
    queue: () => ({ rows: [], room: "Room 1", room_said: true }),
  },
  met: {
    add_medicine: () => {
      throw new Refused("meets_allergy", { allergy: "al1", class: "penicillins" });
    },
  },
};

const host = memoryHost({
  ...SIGNED_IN,
  ...PEOPLE,
  vital_signs: () => vitalSigns(),
  patient: () => ({ id, version: 7, details: DETAILS, disputed: ["birth_date"] }),
  ...CASES[new URLSearchParams(location.hash.split("?")[1]).get("case") ?? "rich"],
});
const place = document.getElementById("root");
const text = startText();
const shown = location.hash.startsWith("#/display") ? (
  <Display host={host} text={text} />
) : (
  <App host={host} text={text} router={clinicRouter()} />
);
if (place) createRoot(place).render(shown);
