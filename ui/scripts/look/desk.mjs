// The pictures of the screens around the work: the answers behind each, and the keys that are pressed there.
import {
  ADMINISTRATOR,
  CODE,
  DOCTOR,
  LONG,
  OFF,
  OFFLINE,
  PEOPLE,
  REPORT,
  SERVED,
  STAFF,
  TRAIL,
  CARDS,
  SCRATCHES,
  WORKSTATIONS,
  status,
} from "./desk-answers.mjs";

const refused = (code, fields = {}) => ({ refusal: { code, fields } });
const at = (state, user = null, people = PEOPLE) => ({
  state,
  clinic: "University Clinic",
  site: "Main Campus clinic",
  people,
  user,
  damaged: [],
});
const EMPTY = { state: "empty", clinic: null, site: null, people: [], user: null, damaged: [] };
const FOUND = [
  "University Clinic",
  "Tab",
  "Main Campus",
  "Tab",
  "Tab",
  "Tab",
  "María Reyes",
  "Tab",
  "Tab",
  "quiet tram under nine lemons",
  "Tab",
  "Tab",
  "quiet tram under nine lemons",
];
const FOUNDED = {
  session: ADMINISTRATOR,
  fingerprint: "8812 8eb4 7328 a210 2fc6 5d0f bcd4 6e4f",
  sheet: ["00E17-D2X4Y-Z2AHN", "WZBAV-F8T4C-E0DGE", "KVZYT-P25Y2-6Y7M4", "00B0Y-0QCGF-MXGCW"],
  shares: ["05YMT-6JVBX-89BRV", "0ASA9-M7EBQ-GX1VR", "0FVGN-5KMNA-71M7R"].map((line) => [
    line,
    "E3TTV-6X3AK-EWKBV",
    "YYXS4-15QVK-HMVZP",
    "YDBZC-X0V9T-7CDA7",
  ]),
  asked: [
    { line: 1, character: 14 },
    { line: 2, character: 4 },
  ],
};
const admin = { session: ADMINISTRATOR };
const CALENDAR = {
  version: 3,
  details: {
    years: { y1: { name: "2026-2027", from: "2026-08-10", until: "2027-05-28" } },
    terms: {
      t1: { name: "1st term", from: "2026-08-10", until: "2026-12-18" },
      t2: { name: "2nd term", from: "2027-01-11", until: "2027-05-28" },
    },
    holidays: {
      h1: { name: "Bonifacio Day", from: "2026-11-30", until: "2026-11-30" },
      h2: { name: "Christmas break", from: "2026-12-19", until: "2027-01-10" },
    },
  },
};

/** Each scene adds to a desk where a doctor is at work and nothing waits. */
export const DESK = [
  { name: "first-run", answers: { door: EMPTY } },
  { name: "first-run-errors", answers: { door: EMPTY }, keys: ["Enter"] },
  {
    name: "first-run-refused",
    answers: { door: EMPTY, found_clinic: refused("weak_password", { fault: "guessable" }) },
    keys: [...FOUND, "Enter"],
  },
  {
    name: "papers",
    answers: { door: EMPTY, found_clinic: FOUNDED },
    keys: [...FOUND, "Enter"],
  },
  {
    name: "papers-wrong",
    answers: { door: EMPTY, found_clinic: FOUNDED, confirm_sheet: refused("wrong_sheet") },
    keys: [...FOUND, "Enter", "wait", ...Array(10).fill("Tab"), "X", "Tab", "Y", "Enter"],
  },
  {
    name: "join-refused",
    answers: { door: EMPTY, enrol: refused("server_refused", { reason: "ticket_expired" }) },
    choose: "One more workstation, by code",
    keys: ["Tab", "server.clinic.example", "Tab", "00E17-D2X4Y", "Tab", "Enter"],
  },
  { name: "who", answers: { door: at("locked") } },
  { name: "who-long", answers: { door: at("locked", null, LONG) } },
  { name: "who-nobody", answers: { door: at("locked") }, keys: ["zz"] },
  { name: "sign-in", answers: { door: at("locked") }, keys: ["mar", "Enter"] },
  {
    name: "sign-in-wrong",
    answers: { door: at("locked"), sign_in: refused("not_recognised", { seconds: 30 }) },
    keys: ["mar", "Enter", "wrong", "Enter"],
  },
  {
    name: "sign-in-disabled",
    answers: { door: at("locked", null, OFF) },
    keys: ["mar", "Enter"],
  },
  { name: "locked", answers: { door: at("screen_locked", "u1") } },
  { name: "must-change", answers: { session: { ...DOCTOR, must_change_password: true } } },
  {
    name: "must-change-errors",
    answers: { session: { ...DOCTOR, must_change_password: true } },
    keys: ["old", "Tab", "Tab", "maria reyes maria", "Tab", "Tab", "other", "Enter"],
  },
  { name: "no-backend", answers: { door: refused("host_unreachable") } },
  { name: "today" },
  {
    name: "today-full",
    answers: {
      session: { ...DOCTOR, must_confirm_sheet: true },
      status: status({ conflicts: 3, clock_behind: true }),
      scratches: { rows: SCRATCHES },
      patient: {
        id: "p1",
        version: 1,
        details: { family: "Villanueva-Macaraeg", given: "Ana Sofía de los Ángeles" },
        disputed: [],
      },
    },
  },
  { name: "today-admin", answers: admin },
  { name: "shortcuts", keys: ["?"] },
  { name: "menu", click: "Dr Maria Reyes" },
  { name: "password", click: "Dr Maria Reyes", keys: ["ArrowDown", "ArrowDown", "Enter"] },
  { name: "sync", answers: { status: status({ conflicts: 2, clock_behind: true }) }, click: "2 need you" },
  { name: "sync-offline", answers: { status: status(OFFLINE) }, click: "Offline, 12 waiting since 08:10" },
  { name: "certificates", at: "/certificates" },
  { name: "missing", at: "/nowhere" },
  { name: "staff", at: "/admin", answers: admin },
  { name: "staff-add", at: "/admin", answers: admin, click: "Add a person", keys: ["Control+Enter"] },
  { name: "staff-edit", at: "/admin", answers: admin, row: "Ben Cruz" },
  { name: "staff-end", at: "/admin", answers: admin, row: "Ben Cruz", click: "Close the account" },
  {
    name: "staff-read",
    at: "/admin",
    answers: { session: { ...ADMINISTRATOR, permissions: ["user.read", "audit.read"] } },
  },
  { name: "staff-refused", at: "/admin", answers: { ...admin, staff: refused("store_failed") } },
  {
    name: "trail",
    at: "/admin/trail",
    answers: { ...admin, audit_trail: { rows: TRAIL, next: 88 } },
    click: "Check the trail",
  },
  { name: "trail-empty", at: "/admin/trail", answers: { ...admin, audit_trail: { rows: [], next: null } } },
  { name: "health", at: "/health", click: "Check now" },
  {
    name: "health-bad",
    at: "/admin/health",
    answers: {
      ...admin,
      status: status({ conflicts: 1, clock_behind: true, sheet_confirmed: false }),
      rebuild: { records: 10231, differing: ["patients", "search_names"] },
    },
    click: "Check now",
  },
  {
    name: "health-served",
    at: "/health",
    answers: { status: status({ ...OFFLINE, refused: 2 }), sync_report: SERVED },
  },
  {
    name: "health-refused",
    at: "/health",
    answers: { status: status({ ...OFFLINE, refused: 2 }), sync_report: SERVED },
    scroll: "Refused",
  },
  {
    name: "health-clock",
    at: "/admin/health",
    answers: { session: ADMINISTRATOR, status: status({ clock_behind: true }) },
  },
  {
    name: "new-sheet",
    at: "/admin/health",
    answers: { session: ADMINISTRATOR, recovery_papers: { sheet: [], shares: [], asked: [] } },
    click: "Recovery papers…",
  },
  {
    name: "papers-again",
    at: "/admin/health",
    answers: { session: ADMINISTRATOR, status: status({ sheet_confirmed: false }), recovery_papers: FOUNDED },
    click: "Recovery papers…",
  },
  { name: "sheet-door", answers: { door: { ...at("damaged"), damaged: ["door"] } } },
  { name: "who-damaged", answers: { door: { ...at("locked"), damaged: ["people"] } } },
  { name: "calendar", at: "/admin/calendar", answers: { session: ADMINISTRATOR, calendar: CALENDAR } },
  {
    name: "calendar-wrong",
    at: "/admin/calendar",
    answers: { session: ADMINISTRATOR, calendar: { version: null, details: {} } },
    click: "Save the calendar",
  },
  { name: "workstations", at: "/admin/workstations", answers: admin },
  {
    name: "workstations-alone",
    at: "/admin/workstations",
    answers: { ...admin, workstations: { ...WORKSTATIONS, server: null } },
    click: "Attach the clinic",
  },
  {
    name: "workstation-code",
    at: "/admin/workstations",
    answers: { ...admin, enrolment_code: CODE },
    click: "Add a workstation",
    keys: ["Room 3", "Control+Enter", "wait"],
  },
  { name: "workstation", at: "/admin/workstations", answers: admin, row: "Old laptop" },
  { name: "conflicts", at: "/conflicts", answers: { conflicts: { cards: CARDS, next: null } }, keys: ["2"] },
  { name: "conflicts-empty", at: "/conflicts" },
];

/** What answers when the scene says nothing else. */
export const USUAL = {
  door: at("open", "u1"),
  session: DOCTOR,
  status: status(),
  sync_report: REPORT,
  workstations: WORKSTATIONS,
  staff: { people: STAFF, next: null },
  scratches: { rows: [] },
  conflicts: { cards: [] },
  recent_patients: { people: [], opened: false },
  verify_audit: { whole: true, entries: 214, heads: 12, fault: null },
  rebuild: { records: 214, differing: [] },
};

/** The answer of a scene to one command; setting up a clinic opens its door. */
export function answerOf(scene) {
  const answers = { ...USUAL, ...scene.answers };
  return (name) => {
    const answer = answers[name];
    if (name === "found_clinic" && !answer?.refusal) answers.door = at("open", "u1");
    if (!answer) return { status: 422, json: { code: "unknown_command", fields: { command: name } } };
    return answer.refusal ? { status: 422, json: answer.refusal } : { status: 200, json: answer };
  };
}

/** Scrolls to words, opens a row, chooses, clicks a button and presses keys, in this order. Names are English, so in another language a scene
    that needs them stays as it opened. */
export async function operate(page, { scroll, row, choose, click, keys = [] }, otherLanguage) {
  if (otherLanguage && (scroll || row || choose || click)) return;
  if (scroll) await page.getByText(scroll, { exact: true }).evaluate((at) => at.scrollIntoView());
  if (choose) await page.getByText(choose, { exact: true }).click();
  if (row) await page.getByRole("row", { name: row }).click();
  if (click) await page.getByRole("button", { name: click, exact: true }).click();
  if (row || click) await page.waitForTimeout(250);
  for (const key of keys) {
    if (key === "wait") await page.waitForTimeout(600);
    else if (/^(Tab|Enter|Arrow\w+|\w+\+.*)$/.test(key)) await page.keyboard.press(key);
    else await page.keyboard.type(key);
    await page.waitForTimeout(40);
  }
  if (keys.length > 0) await page.waitForTimeout(400);
}
