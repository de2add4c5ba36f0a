/** The answers behind the pictures of what was left half typed. */
import type { ScratchRow } from "../../src/generated/ScratchRow";
import type { Handlers } from "../../src/host/memory";
import { person } from "../../src/testing/people";
import { ADMINISTRATOR, session } from "../../src/testing/signed-in";
import { noteView, VISITING, visitView } from "../../src/testing/visits";

const { id } = person();
const row = (subject: string, fields: object, time: string, patient = id): ScratchRow => ({
  patient,
  subject,
  text: JSON.stringify(fields),
  at: Date.parse(`2026-11-22T${time}:00+08:00`),
});
const reason = (subject: string, text: string, time: string) => ({ ...row(subject, {}, time), text });
const typed = (before: object, values: object, version: number | null = null) => ({
  version,
  before,
  values,
});
const ANA = { family: "Dela Cruz", given: "Ana", birth_date: "2001-03-03", sex: "female" };
const BEN = { family: "Santos", given: "Ben" };
const SEEN = { family: "Mejía", given: "Gustavo", birth_date: "1999-07-14", sex: "male" };

/** Half of each form that a person may leave. */
const ROWS = [
  row("register k1", typed({}, ANA), "10:31", session().user),
  row("register k2", typed({}, BEN), "09:58", session().user),
  row("details", typed(SEEN, { ...SEEN, given: "Gustavo Alberto" }, 7), "09:50"),
  row(
    "visit v1",
    typed({ concern: "", kind: "consultation" }, { concern: "Sore thr", kind: "consultation" }, 2),
    "09:44",
  ),
  row("note v1", { before: {}, typing: { concern: "Cough since Monday", diagnoses: [] } }, "09:40"),
  row(
    "vitals",
    { pulse: "88", systolic: "148", visit: "v0", since: Date.parse("2026-11-21T16:05:00+08:00") },
    "09:31",
  ),
  row("problem.add", typed({}, { name: "Migraine" }), "09:20"),
  row("certificate.add", { version: null, visit: null, before: {}, values: { reason: "Fever" } }, "09:10"),
  reason("details.withdraw", "Registered twice: the same person has number 2019-104-882", "09:08"),
  reason("withdraw v1 n1", "Written for another person", "09:06"),
  reason("vital o1", "The cuff was too small", "09:05"),
  reason("medicine.withdraw.me1", "She never took it", "09:04"),
];

/** By the name of their case. */
export const LEFT_CASES: Record<string, Handlers> = {
  left: { ...VISITING, scratches: () => ({ rows: ROWS }) },
  "left-admin": {
    ...VISITING,
    scratches: () => ({ rows: ROWS }),
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
  },
  "left-open": {
    ...VISITING,
    scratches: () => ({ rows: ROWS }),
    visit: () => visitView({ notes: [noteView()], note_open: true }),
  },
};
