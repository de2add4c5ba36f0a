/** The answers behind the pictures of visits and vital signs. */
import { Refused } from "../../src/host/host";
import type { Handlers } from "../../src/host/memory";
import { banner, charted, person } from "../../src/testing/people";
import { DOCTOR, session } from "../../src/testing/signed-in";
import { noteView, present, VISITING, visitView } from "../../src/testing/visits";
import { vitalSigns } from "../../src/testing/vitals";

const AT = "2026-11-22T10:41:00+08:00";
const NURSES = noteView({
  id: "n2",
  mine: false,
  author: "Nurse Liza Cruz",
  signed_at: "2026-11-22T10:20:00+08:00",
  details: { concern: "Sore throat", remarks: "Walked in alone, drinks well." },
});
const SIGNED = noteView({
  signed_at: AT,
  late: [{ field: "plan", value: "Review in 24 h", at: "2026-11-22T10:40:00+08:00" }],
  addenda: [
    {
      id: "a1",
      version: 2,
      text: "Rapid antigen test negative. No antibiotic.",
      reason: "The result came after the note was signed.",
      author: "Dr Maria Reyes",
      at: "2026-11-22T10:58:00+08:00",
    },
  ],
});
const LONG = "Wolfeschlegelsteinhausenbergerdorff ".repeat(3);
const longNote = noteView({
  details: {
    concern: `${LONG}has a sore throat and a fever for two days, missed class yesterday. `.repeat(3),
    diagnoses: {
      d1: {
        name: "Benign paroxysmal positional vertigo with nausea and vomiting, right posterior canal",
        code: "H81.1",
        primary: true,
      },
      d2: { name: "Acute tonsillitis", code: "J03.9", certainty: "suspected" },
    },
  },
});
const open = () => visitView({ notes: [NURSES, noteView()], note_open: true });

/** By the name of their case. */
export const VISIT_CASES: Record<string, Handlers> = {
  visit: VISITING,
  "visit-open": { ...VISITING, visit: open },
  "visit-signed": {
    ...VISITING,
    visit: () => visitView({ notes: [NURSES, SIGNED] }),
    note: () => SIGNED,
  },
  "visit-refused": {
    ...VISITING,
    visit: open,
    sign_note: () => {
      throw new Refused("licence_expired");
    },
  },
  "visit-left": {
    ...VISITING,
    scratches: () => ({
      rows: [
        {
          patient: person().id,
          subject: "note v1",
          text: JSON.stringify({
            note: null,
            version: null,
            before: {},
            typing: { concern: "Cough since Monday, worse at night", diagnoses: [] },
          }),
          at: Date.parse("2026-11-22T02:32:00Z"),
        },
      ],
    }),
  },
  "visit-arrived": { ...VISITING, banner: () => banner({ visit: present({ status: "arrived" }) }) },
  "visit-long": {
    ...VISITING,
    banner: () =>
      banner({
        visit: present({ day: "2026-11-20" }),
        person: person({ family: LONG, given: "María Guadalupe Fernanda Alejandra" }),
      }),
    visit: () => visitView({ notes: [longNote] }),
  },
  "vitals-empty": {
    ...VISITING,
    ...charted({ vitals: [] }),
    vital_signs: () => vitalSigns({ rows: [] }),
  },
  nurse: {
    ...VISITING,
    session: () =>
      session({
        name: "Liza Cruz",
        title: "Nurse",
        role: "nurse",
        permissions: DOCTOR.filter((each) => each !== "certificate.revoke"),
      }),
  },
};
