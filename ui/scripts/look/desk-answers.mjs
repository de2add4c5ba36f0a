// What invented people, a list of them, a trail and clashes look like as answers.
const EVERYBODY = ["patient.read", "user.read", "sync.run", "store.check", "session.use", "conflict.resolve"];

const SESSION = {
  user: "u1",
  name: "Maria Reyes",
  title: "Dr",
  role: "doctor",
  permissions: [...EVERYBODY, "patient.register", "chart.read", "certificate.draft", "certificate.approve"],
  clinic: "University Clinic",
  site: "Main Campus clinic",
  time_zone: "Asia/Manila",
  since: "2026-11-22T08:02:11+08:00",
  must_change_password: false,
  must_confirm_sheet: false,
};

export const DOCTOR = SESSION;
export const ADMINISTRATOR = {
  ...SESSION,
  title: null,
  role: "administrator",
  permissions: [
    ...EVERYBODY,
    "patient.register",
    "user.edit",
    "clinic.edit",
    "workstation.edit",
    "audit.read",
    "access.read",
  ],
};

export const status = (but = {}) => ({
  attached: false,
  waiting: 12,
  waiting_since: "2026-11-20T09:10:00+08:00",
  received: 0,
  applied: 0,
  trouble: null,
  refused: 0,
  synced: null,
  synced_day: null,
  patients: 10231,
  conflicts: 0,
  today: "2026-11-22",
  time: "10:42",
  clock_behind: false,
  server_clock: null,
  disk_short: false,
  sheet_confirmed: true,
  key_kept_in: "file",
  ...but,
});

export const REPORT = {
  server: null,
  waiting: [
    { kind: "patient", count: 9 },
    { kind: "user", count: 3 },
  ],
  receipt: null,
  refused: [],
};

/** A clinic with a server that cannot be reached just now. */
export const OFFLINE = {
  attached: true,
  received: 20417,
  applied: 81204,
  synced: "08:05",
  synced_day: "2026-11-22",
  waiting_since: "2026-11-22T08:10:00+08:00",
  trouble: {
    code: "offline",
    reason: null,
    since: "2026-11-22T08:12:00+08:00",
    tried: "2026-11-22T10:41:00+08:00",
  },
};

const refusal = (id, kind, fault, field, but = {}) => ({
  id,
  at: "2026-11-21T16:02:00+08:00",
  author: "Ben Cruz",
  kind,
  patient: "p1",
  fault,
  field,
  held: false,
  aside: false,
  ...but,
});

export const SERVED = {
  ...REPORT,
  server: "https://server.university-clinic.example",
  receipt: { entries: 20417, at: "2026-11-22T08:05:00+08:00" },
  refused: [
    refusal(91, "observation", "not_allowed", "inactive"),
    refusal(88, "visit", "illegal_move", "status", { author: null, patient: null }),
    refusal(71, "allergy", "not_allowed", "role", { aside: true }),
    refusal(95, "certificate", "unknown_author", null, { author: null, held: true }),
  ],
};

const workstation = (id, name, but = {}) => ({
  id,
  version: 1,
  name,
  site: "Main Campus clinic",
  this: false,
  active: true,
  heard: "2026-11-22T10:31:00+08:00",
  ...but,
});

export const WORKSTATIONS = {
  rows: [
    workstation("w1", "1", { this: true }),
    workstation("w2", "Consultation room 2, ground floor, beside the pharmacy", {
      heard: "2026-11-20T17:02:00+08:00",
    }),
    workstation("w3", "Old laptop", { active: false, heard: null }),
  ],
  server: SERVED.server,
  fingerprint: "8812 8eb4 7328 a210 2fc6 5d0f bcd4 6e4f",
};

export const CODE = {
  lines: ["00E17-D2X4Y-Z2AHN", "WZBAV-F8T4C-E0DGE", "KVZYT-P25Y2-6Y7M4", "00B0Y-0QCGF-MXGCW"],
  server: SERVED.server,
  until: "10:52",
  seconds: 600,
};

const tile = (user, name, role, wait = 0) => ({ user, sign_in: user, name, role, wait, off: false });

export const PEOPLE = [
  tile("u2", "Ben Cruz", "nurse", 300),
  tile("u3", "Ines Ocampo", "dentist"),
  tile("u4", "Lina Ocampo", "front_desk"),
  tile("u1", "Dr Maria Reyes", "doctor"),
  tile("u5", "Noor Haddad", "administrator"),
];

/** The same, with a sign-in that is switched off. */
export const OFF = PEOPLE.map((person) => ({ ...person, off: person.user === "u1" }));

export const LONG = [
  ...PEOPLE,
  tile("u6", "Dr Ana Sofía de los Ángeles Villanueva-Macaraeg y Santisteban", "doctor", 3599),
  tile("u7", "Krishnamoorthyvenkataraghavansubramaniam", "pharmacist"),
  tile("u8", "نور الدين محمد عبد الرحمن", "auditor"),
  tile("u9", "Ng", "optometrist"),
];

const person = (id, name, role, but = {}) => ({
  id,
  version: 1,
  sign_in: id,
  name,
  title: null,
  qualification: null,
  position: null,
  role,
  licence: null,
  licence_until: null,
  active: true,
  valid_until: null,
  ...but,
});

export const STAFF = [
  person("ana", "Ana Sofía de los Ángeles Villanueva-Macaraeg", "doctor", {
    title: "Dr",
    qualification: "MD, FPCP",
    position: "University physician",
    licence: "0123456",
    licence_until: "2027-12-31",
  }),
  person("ben", "Ben Cruz", "nurse", { qualification: "RN", licence: "PRC 99182", licence_until: "2020" }),
  person("lina", "Lina Ocampo", "front_desk", { valid_until: "2027-06-30" }),
  person("maria", "Maria Reyes", "administrator"),
  person("noor", "نور الدين محمد", null),
  person("old", "Pilar Santos", "dentist", { title: "Dr", active: false }),
];

const entry = (seq, action, but = {}) => ({
  seq,
  wall: `2026-11-22T0${9 - (seq % 3)}:1${seq % 10}:00+08:00`,
  user: "Maria Reyes",
  role: "doctor",
  action,
  object: null,
  patient: null,
  name: null,
  outcome: "done",
  reason: null,
  ...but,
});

const PATIENT = "01900000-0000-7000-8000-00000000a001";

export const TRAIL = [
  entry(96, "chart", { patient: PATIENT, name: "Mejía, Gustavo" }),
  entry(95, "void_allergy", {
    patient: PATIENT,
    name: "Mejía, Gustavo",
    reason: "Entered for the wrong person; the nurse asked again.",
  }),
  entry(94, "register_patient", {
    patient: PATIENT,
    name: "Mejía, Gustavo",
    user: "Lina Ocampo",
    role: "front_desk",
  }),
  entry(93, "chart", { user: "Lina Ocampo", role: "front_desk", outcome: "not_permitted" }),
  entry(92, "sign_in", { user: null, role: null, outcome: "not_recognised" }),
  entry(91, "add_user", {
    user: "Ana Sofía de los Ángeles Villanueva-Macaraeg",
    role: "administrator",
  }),
  entry(90, "unlock"),
  entry(89, "lock"),
];

const side = (choice, value, author, wall) => ({ choice, value, author, wall });
const WHO = {
  id: "p1",
  family: "Mejía",
  given: "Gustavo Alberto",
  middle: null,
  title: "Mr",
  birth_date: "1999-07-14",
  age: null,
  sex: "male",
  number: null,
  number_label: null,
  belongs: null,
  died: false,
};

export const CARDS = [
  {
    id: "c1",
    record: "r1",
    version: 3,
    kind: "patient",
    path: "birth_date",
    clash: "values",
    settling: "choice",
    shown: "1999-07-14",
    sides: [
      side(0, "1999-07-14", "Lina Ocampo", "2026-11-21T09:00:00+08:00"),
      side(1, "1999-07-15", "Ana Sofía de los Ángeles Villanueva-Macaraeg", "2026-11-21T17:30:00+08:00"),
    ],
    person: WHO,
  },
  {
    id: "c2",
    record: "r2",
    version: 3,
    kind: "allergy",
    path: "",
    clash: "removal",
    settling: "choice",
    shown: "",
    sides: [
      side(0, "", "Ben Cruz", "2026-11-21T10:00:00+08:00"),
      side(1, "Latex; anaphylaxis in 2019, carries adrenaline", "Maria Reyes", "2026-11-21T11:30:00+08:00"),
    ],
    person: WHO,
  },
  {
    id: "c3",
    record: "r3",
    version: 3,
    kind: "user",
    path: "role",
    clash: "values",
    settling: "choice",
    shown: "nurse",
    sides: [
      side(0, "nurse", "Noor Haddad", "2026-11-20T10:00:00+08:00"),
      side(1, "pharmacist", "Maria Reyes", "2026-11-20T12:00:00+08:00"),
    ],
    person: null,
  },
];

export const SCRATCHES = [
  {
    patient: "p1",
    subject: "note v1",
    text: "Cough since Monday, dry, worse at night. No fever. Sleeps badly; took dextromethorphan twice without much relief and asks for a certificate.",
    at: Date.UTC(2026, 10, 22, 2, 30),
  },
  { patient: "p1", subject: "allergy.add", text: '{"substance":"Latex"}', at: Date.UTC(2026, 10, 22, 1, 5) },
];
