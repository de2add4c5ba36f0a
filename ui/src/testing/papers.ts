import type { Handlers } from "../host/memory";
import type { OutputOf } from "../host/host";
import { person } from "./people";

type View = OutputOf<"certificate">;
type Row = OutputOf<"certificates">["rows"][number];
type Offered = OutputOf<"templates">["rows"][number];

export const PATIENT = person().id;
export const PAPER = "01900000-0000-7000-8000-00000000c001";
export const NUMBER = "MAIN-02-26-00418-K";

/** A template, but for what is said otherwise. */
export function offered(but: Partial<Offered> = {}): Offered {
  return {
    id: "01900000-0000-7000-8000-00000000d001",
    version: 1,
    details: {
      name: "Sick leave, student",
      title: "MEDICAL CERTIFICATE",
      form_code: "MED-01",
      addressee: "To whom it may concern",
      verdicts: ["not_fit", "fit_with_limits", "fit"],
      approvers: ["doctor", "dentist"],
      paper: "a5",
      language: "en",
      active: true,
    },
    may_issue: true,
    ...but,
  };
}

/** The other template that every clinic begins with. */
export const FITNESS = offered({
  id: "01900000-0000-7000-8000-00000000d002",
  details: {
    name: "Fitness certificate",
    title: "CERTIFICATE OF FITNESS",
    form_code: "MED-02",
    addressee: "The registrar",
    verdicts: ["fit", "fit_with_limits", "not_fit"],
    approvers: ["doctor"],
    paper: "a4",
    language: "en",
    active: true,
  },
});

/** Spectacles, which are prescribed from a refraction. */
export const SPECTACLES = offered({
  id: "01900000-0000-7000-8000-00000000d004",
  details: {
    name: "Spectacles",
    title: "SPECTACLES",
    form_code: "EYE-01",
    text: "For {name}, spectacles {for} are {verdict}: {lenses} {pd} Valid until {until}.",
    verdicts: ["prescribed"],
    approvers: ["optometrist", "doctor"],
    paper: "a5",
    language: "en",
    active: true,
  },
});

/** The slip back to class or home. */
export const SLIP = offered({
  id: "01900000-0000-7000-8000-00000000d003",
  details: {
    name: "Slip, back to class or home",
    title: "CLINIC SLIP",
    form_code: "MED-03",
    text: "{name} was at this clinic on {examined} from {came} to {left}. {sent} {reason}",
    verdicts: ["fit", "not_fit"],
    approvers: ["nurse", "doctor"],
    paper: "a5",
    language: "en",
    active: true,
  },
});

const MAY_NOT = {
  edit: false,
  submit: false,
  take_back: false,
  issue: false,
  give_back: false,
  reject: false,
  revoke: false,
  print: true,
};

/** What a person may do, and nothing else. */
export function may(...acts: (keyof View["may"])[]): View["may"] {
  return { ...MAY_NOT, ...Object.fromEntries(acts.map((act) => [act, true])) };
}

/** A doctor's draft, but for what is said otherwise. */
export function paper(but: Partial<View> = {}): View {
  const template = offered().details;
  return {
    id: PAPER,
    version: 3,
    patient: PATIENT,
    person: person(),
    status: "draft",
    number: null,
    details: {
      patient: PATIENT,
      template: offered().id,
      status: "draft",
      verdict: "not_fit",
      examined: "2026-11-22",
      from: "2026-11-21",
      until: "2026-11-23",
      reason: "Acute febrile illness; contagious for 48 hours.",
      recommendation: "Rest, fluids, and review at the clinic if fever continues.",
      addressee: "To whom it may concern",
      paper: "a5",
    },
    template,
    title: "Sick leave, student",
    author: "Dr Maria Reyes",
    signer: null,
    issued_at: null,
    issued_day: null,
    extends: null,
    replaces: null,
    disputed: [],
    replaced_by: null,
    other_papers: [],
    days: {
      count: 3,
      class_days: null,
      weekdays: { from: "saturday", until: "monday" },
      return_day: "2026-11-24",
      before_examination: 1,
    },
    lacking: [],
    bars: [],
    remarks: [],
    may: may("edit", "submit", "issue"),
    history: [
      {
        at: "2026-11-22T10:31:00+08:00",
        day: "2026-11-22",
        time: "10:31",
        who: "Dr Maria Reyes",
        step: "draft",
        reason: null,
      },
    ],
    printed: [],
    note_open: false,
    ...but,
  };
}

const step = (time: string, who: string, name: string, reason: string | null = null) => ({
  at: `2026-11-22T${time}:00+08:00`,
  day: "2026-11-22",
  time,
  who,
  step: name,
  reason,
});

/** The same once it is submitted by the front desk, before a doctor's eyes. */
export function submitted(but: Partial<View> = {}): View {
  const draft = paper();
  return {
    ...draft,
    status: "submitted",
    details: { ...draft.details, status: "submitted" },
    author: "Lina Ocampo",
    may: may("issue", "give_back", "reject"),
    history: [step("10:20", "Lina Ocampo", "draft"), step("10:24", "Lina Ocampo", "submitted")],
    ...but,
  };
}

/** The same once it is issued and printed. */
export function issued(but: Partial<View> = {}): View {
  const draft = paper();
  return {
    ...draft,
    status: "issued",
    number: NUMBER,
    details: { ...draft.details, status: "issued", number: NUMBER },
    signer: "Dr Maria Reyes",
    issued_at: "2026-11-22T10:41:00+08:00",
    issued_day: "2026-11-22",
    may: may("revoke"),
    history: [step("10:31", "Dr Maria Reyes", "draft"), step("10:41", "Dr Maria Reyes", "issued")],
    printed: [
      { at: "2026-11-22T10:41:20+08:00", who: "Dr Maria Reyes", copies: 1, printer: "Desk", draft: false },
    ],
    ...but,
  };
}

/** A line of a list, but for what is said otherwise. */
export function line(id: string, but: Partial<Row> = {}): Row {
  return {
    id,
    version: 2,
    person: person(),
    title: "Sick leave, student",
    verdict: "not_fit",
    status: "submitted",
    number: null,
    from: "2026-11-21",
    until: "2026-11-23",
    day: "2026-11-22",
    author: "Lina Ocampo",
    mine: false,
    reason: null,
    signer: null,
    may_issue: true,
    ...but,
  };
}

/** How many there are in each list, but for what is said otherwise. */
export function counts(
  but: Partial<OutputOf<"certificates">["counts"]> = {},
): OutputOf<"certificates">["counts"] {
  return { waiting: 0, drafts: 0, issued: 0, expiring: 0, ended: 0, ...but };
}

let made = 0;

/** Pages of their own at each asking: what was read once is gone. */
export function pages(width: number, count = 1): OutputOf<"certificate_pages"> {
  made++;
  return {
    pages: Array.from({ length: count }, (_, at) => ({
      picture: `data:,picture-${made}-${at + 1}`,
      width,
      height: Math.round(width * Math.SQRT2),
    })),
    draft: true,
    shown: `This certifies that Gustavo Mejía was examined (${made}).`,
  };
}

/** The pages of what is typed, with what the form is told about it. */
export function previewed(width: number, lacking: string[] = []) {
  return { ...pages(width), days: paper().days, lacking, bars: [], remarks: [] };
}

/** A desk with two templates, one printer and one certificate of a doctor. */
export const PAPERS: Handlers = {
  templates: () => ({ rows: [offered(), FITNESS] }),
  certificate: () => paper(),
  certificate_pages: ({ width }) => pages(width),
  preview_certificate: ({ width }) => previewed(width),
  certificates: () => ({ rows: [], next: null, counts: counts() }),
  certificates_of: () => ({ rows: [] }),
  printers: () => ({ rows: [{ name: "desk", said: "Desk", default: true }] }),
  print_certificate: ({ copies }) => ({ job: "desk-1", copies, printer: "desk" }),
};
