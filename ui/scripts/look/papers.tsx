/** The screens of certificates over a table of answers: `#/certificates?case=rich`. */
import { createRoot } from "react-dom/client";
import { App } from "../../src/app/App";
import { clinicRouter } from "../../src/app/router";
import { taskName } from "../../src/forms/task";
import { stepTask, type Step } from "../../src/features/certificates/open/step";
import { Refused } from "../../src/host/host";
import { memoryHost, type Handlers } from "../../src/host/memory";
import { startText } from "../../src/i18n/start";
import {
  counts,
  FITNESS,
  issued,
  line,
  offered,
  NUMBER,
  pages,
  PAPER,
  paper,
  PAPERS,
  PATIENT,
  submitted,
} from "../../src/testing/papers";
import { banner, GUSTAVA, MUHAMMAD, PEOPLE, person } from "../../src/testing/people";
import { DOCTOR, session, SIGNED_IN } from "../../src/testing/signed-in";

const LONG = person({
  family: "Wolfeschlegelsteinhausenbergerdorff de los Ángeles y Monteverde",
  given: "María Guadalupe Fernanda Alejandra",
  title: "Dra",
});
const DESK = session({
  name: "Lina Ocampo",
  title: null,
  role: "front_desk",
  permissions: DOCTOR.filter((each) => !/approve|revoke|chart|note/.test(each)),
});
const refuse =
  (code: string, fields = {}) =>
  () => {
    throw new Refused(code, fields);
  };
const TEXT = "Rest at home. ".repeat(40);
const rows = [
  line("c1"),
  line("c2", { person: GUSTAVA, title: "Fitness certificate", verdict: "fit", until: "2027-05-31" }),
  line("c3", { person: MUHAMMAD, from: "2026-11-22", until: "2026-11-22" }),
  line("c4", {
    person: LONG,
    title: "Medical clearance for off-campus activities of students",
    may_issue: false,
  }),
];
const LISTS = {
  waiting: rows,
  drafts: [
    line("c5", {
      status: "returned",
      mine: true,
      reason: "The days are those of last week.",
      author: "Dr Maria Reyes",
    }),
    line("c6", { status: "draft", person: GUSTAVA }),
  ],
  issued: [line("c7", { status: "issued", number: NUMBER, signer: "Dr Maria Reyes" })],
  expiring: [],
  ended: [
    line("c8", { status: "revoked", number: NUMBER, signer: "Dr Maria Reyes", reason: "Wrong person." }),
  ],
};

/** A reason that was typed for a step and not sent. */
const reasonLeft = (step: Step): Handlers => ({
  scratches: () => ({
    rows: [
      {
        patient: PATIENT,
        subject: taskName(stepTask(step, PAPER)),
        text: "The days are those of last week, and the recommendation is missing.",
        at: Date.parse("2026-11-22T10:28:00+08:00"),
      },
    ],
  }),
});

const CASES: Record<string, Handlers> = {
  rich: {},
  desk: {
    session: () => DESK,
    templates: () => ({ rows: [offered({ may_issue: false }), { ...FITNESS, may_issue: false }] }),
  },
  issued: { certificate: () => issued() },
  left: { certificate: () => submitted(), ...reasonLeft("return") },
  gone: { certificate: () => issued(), ...reasonLeft("return") },
  submitted: { certificate: () => submitted() },
  note: {
    certificate: () => submitted({ note_open: true, details: { ...submitted().details, visit: "v1" } }),
  },
  returned: {
    certificate: () =>
      paper({
        status: "returned",
        details: {
          ...paper().details,
          status: "returned",
          status_reason: "The days are those of last week.",
        },
      }),
  },
  revoked: {
    certificate: () =>
      issued({
        status: "revoked",
        may: issued().may,
        details: { ...issued().details, status_reason: "Issued to the wrong person." },
      }),
  },
  long: {
    banner: () => banner({ person: LONG }),
    certificate: () =>
      submitted({
        details: { ...submitted().details, reason: TEXT, recommendation: TEXT, limits: TEXT },
        author: "Ana Sofía de los Ángeles Villanueva-Macaraeg",
      }),
    certificate_pages: ({ width }) => pages(width, 2),
    preview_certificate: ({ width }) => ({
      ...pages(width, 2),
      days: null,
      lacking: [],
      bars: [],
      remarks: [],
    }),
  },
  empty: {
    certificates: () => ({ rows: [], next: null, counts: counts() }),
    templates: () => ({ rows: [] }),
  },
  lacking: {
    preview_certificate: ({ width }) => ({
      ...pages(width),
      days: paper().days,
      lacking: ["reason", "recommendation"],
      bars: [{ code: "disputed", fields: { field: "family" } }],
      remarks: [],
    }),
  },
  refused: {
    certificates: refuse("store_failed"),
    certificate: refuse("not_found"),
    preview_certificate: refuse("store_failed"),
  },
  unprinted: { print_certificate: refuse("not_printed", { printer: "Desk" }), certificate: () => issued() },
  verified: {},
};

const which = new URLSearchParams(location.hash.split("?")[1]).get("case") ?? "rich";
const host = memoryHost({
  ...SIGNED_IN,
  ...PEOPLE,
  ...PAPERS,
  certificates: ({ list }) => ({
    rows: LISTS[list],
    next: null,
    counts: counts({ waiting: 4, drafts: 2, issued: 118, expiring: 0, ended: 9 }),
  }),
  certificates_of: () => ({ rows: [...LISTS.issued, ...LISTS.ended, ...LISTS.drafts] }),
  ...CASES[which],
});
const SHEET = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 622" font-family="Inter, sans-serif" font-size="11.5" fill="#14212a">
<rect width="440" height="622" fill="#fff"/><circle cx="57" cy="62" r="20" fill="#0b7079"/><text x="88" y="48" font-weight="700" font-size="14">University Clinic, Main Campus</text>
<text x="88" y="68" fill="#4b5c67">Medical and Dental Services · P. del Rosario St.</text><rect x="38" y="103" width="364" height="2" fill="#0b7079"/>
<text x="38" y="128" fill="#4b5c67">Number at issue</text><text x="340" y="128" fill="#4b5c67">22-Nov-2026</text><text x="220" y="172" font-size="17" font-weight="700" text-anchor="middle">MEDICAL CERTIFICATE</text>
<text x="38" y="210">This certifies that Gustavo Mejía, born 14-Jul-1999, was examined at this clinic.</text><text x="38" y="240">Finding: not fit to attend classes.</text>
<text x="220" y="330" font-size="38" font-weight="700" fill="#14212a" opacity=".08" text-anchor="middle" transform="rotate(-32 220 330)">DRAFT - NOT VALID</text>
<rect x="38" y="470" width="84" height="84" fill="none" stroke="#14212a" stroke-dasharray="4"/><rect x="200" y="548" width="202" height="1"/><text x="300" y="566" font-weight="700" text-anchor="middle">Maria Reyes, MD</text></svg>`;
host.picture = (id: string) => `data:image/svg+xml;utf8,${encodeURIComponent(`${SHEET}<!-- ${id} -->`)}`;

const place = document.getElementById("root");
if (place) createRoot(place).render(<App host={host} text={startText()} router={clinicRouter()} />);
