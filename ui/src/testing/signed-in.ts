import type { Door, Session, Status, SyncReport } from "../generated/commands";
import type { Permission } from "../generated/Permission";
import type { Handlers } from "../host/memory";

const EVERYBODY: Permission[] = [
  "patient.read",
  "user.read",
  "sync.run",
  "backup.run",
  "store.check",
  "session.use",
];

/** What a doctor may do. */
export const DOCTOR: Permission[] = [
  ...EVERYBODY,
  "patient.register",
  "patient.edit",
  "consent.take",
  "chart.read",
  "allergy.edit",
  "problem.edit",
  "immunisation.edit",
  "medicine.edit",
  "visit.edit",
  "queue.run",
  "observation.record",
  "note.write",
  "note.sign",
  "certificate.draft",
  "certificate.approve",
  "certificate.revoke",
  "certificate.print",
  "file.add",
  "file.edit",
  "file.void",
  "file.export",
  "template.edit",
  "template.publish",
  "conflict.resolve",
  "access.read",
];

/** What a dentist may do beside a doctor's work. */
export const DENTIST: Permission[] = ["dental.chart", "dental.plan"];

/** What an optometrist does in the forms of an eye. */
export const OPTOMETRIST: Permission[] = ["form.fill", "form.sign"];

/** What an administrator may do: everything about the clinic, and no chart. */
export const ADMINISTRATOR: Permission[] = [
  ...EVERYBODY,
  "patient.register",
  "patient.edit",
  "consent.take",
  "patient.void",
  "template.edit",
  "code.edit",
  "conflict.resolve",
  "import.run",
  "user.edit",
  "clinic.edit",
  "workstation.edit",
  "audit.read",
  "access.read",
  "backup.edit",
  "backup.restore",
  "rehearsal.sign",
  "setting.edit",
];

/** A session of Dr Maria Reyes, but for what is said otherwise. */
export function session(but: Partial<Session> = {}): Session {
  return {
    user: "01900000-0000-7000-8000-000000000001",
    name: "Maria Reyes",
    title: "Dr",
    role: "doctor",
    permissions: DOCTOR,
    clinic: "University Clinic",
    site: "Main Campus clinic",
    time_zone: "Asia/Manila",
    since: "2026-11-22T08:02:11+08:00",
    must_change_password: false,
    must_confirm_sheet: false,
    ...but,
  };
}

/** A door behind which somebody is at work, but for what is said otherwise. */
export function door(but: Partial<Door> = {}): Door {
  return {
    state: "open",
    clinic: "University Clinic",
    site: "Main Campus clinic",
    people: [],
    user: null,
    damaged: [],
    ...but,
  };
}

/** A workstation without a server, with twelve things only it holds, but for what is said otherwise. */
export function status(but: Partial<Status> = {}): Status {
  return {
    attached: false,
    waiting: 12,
    waiting_since: "2026-11-22T08:10:00+08:00",
    received: 0,
    applied: 0,
    trouble: null,
    refused: 0,
    synced: null,
    synced_day: null,
    patients: 0,
    conflicts: 0,
    today: "2026-11-22",
    time: "10:42",
    clock_behind: false,
    server_clock: null,
    disk_short: false,
    missing: 0,
    findings: [],
    backup: null,
    sheet_confirmed: true,
    key_kept_in: "file",
    ...but,
  };
}

/** What sync says of such a workstation, but for what is said otherwise. */
export function report(but: Partial<SyncReport> = {}): SyncReport {
  return {
    server: null,
    waiting: [
      { kind: "patient", count: 9 },
      { kind: "user", count: 3 },
    ],
    receipt: null,
    refused: [],
    forked: [],
    ...but,
  };
}

/** The answers of a desk where Dr Maria Reyes is at work and nothing waits. */
export const SIGNED_IN: Handlers = {
  door: () => door(),
  session: () => session(),
  status: () => status(),
  sync_report: () => report(),
  scratches: () => ({ rows: [] }),
  conflicts: () => ({ cards: [], next: null }),
  queue: () => ({ rows: [], room: "Room 1", room_said: true }),
  lock: () => ({}),
  sign_out: () => ({}),
};
