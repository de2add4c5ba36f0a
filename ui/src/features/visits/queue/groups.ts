import type { QueueRow } from "../../../generated/QueueRow";
import type { Role } from "../../../generated/Role";
import type { Station } from "../../../generated/Station";

/** Whom somebody of a role calls first; the front desk calls for everybody. */
const OWN: Partial<Record<Role, Station>> = {
  nurse: "nurse",
  doctor: "physician",
  dentist: "dental",
  optometrist: "eye",
  pharmacist: "pharmacy",
};

/** The queue as it is worked. */
export interface Groups {
  /** Called, and not seen yet. */
  called: QueueRow[];
  /** In the order in which they are called. */
  waiting: QueueRow[];
  /** With somebody. */
  rooms: QueueRow[];
  /** Begun on another day and never ended: nobody calls them. */
  before: QueueRow[];
}

/** Whoever was moved on waits again, although their visit is under way. */
export function groupsOf(rows: readonly QueueRow[]): Groups {
  const groups: Groups = { called: [], waiting: [], rooms: [], before: [] };
  for (const row of rows) {
    if (row.earlier) {
      groups.before.push(row);
      continue;
    }
    const waits = row.ticket ? row.ticket.status === "waiting" : row.status !== "in_progress";
    groups[waits ? "waiting" : row.status === "in_progress" ? "rooms" : "called"].push(row);
  }
  return groups;
}

/** Who is called next: the first who waits for this role, else the first of all. */
export function nextOf(waiting: readonly QueueRow[], role: Role | undefined): QueueRow | null {
  const queued = waiting.filter(({ ticket }) => ticket !== null);
  const own = role && OWN[role];
  return queued.find(({ ticket }) => own && ticket?.queue === own) ?? queued[0] ?? null;
}
