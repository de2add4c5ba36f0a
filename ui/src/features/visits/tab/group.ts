import type { Filled } from "../../../generated/Filled";
import type { Note } from "../../../generated/Note";
import type { Observation } from "../../../generated/Observation";
import type { RecordId } from "../../../generated/RecordId";
import type { TimelineRow } from "../../../generated/TimelineRow";
import type { Visit } from "../../../generated/Visit";

/** A row of the timeline that holds one kind of fact. */
type RowOf<F> = Omit<TimelineRow, "fact"> & { details: F };

/** A visit with what was written, filled in and measured in it. */
export interface VisitGroup {
  visit: RowOf<Visit>;
  notes: (RowOf<Note> & { additions: number })[];
  forms: (RowOf<Filled> & { additions: number })[];
  measured: RowOf<Observation>[];
}

/** The visits, latest first, each with its notes, forms and measurements; what belongs to no visit stands elsewhere. */
export function groupVisits(rows: readonly TimelineRow[]): VisitGroup[] {
  const groups = new Map<RecordId, VisitGroup>();
  for (const { fact, ...row } of rows) {
    if (fact.kind === "visit")
      groups.set(row.id, { visit: { ...row, details: fact.details }, notes: [], forms: [], measured: [] });
  }
  const additions = new Map<RecordId, number>();
  for (const { fact } of rows) {
    const of = fact.kind === "addendum" ? (fact.details.note ?? fact.details.document) : undefined;
    if (of) additions.set(of, (additions.get(of) ?? 0) + 1);
  }
  for (const { fact, ...row } of rows) {
    if (fact.kind === "note") {
      const note = { ...row, details: fact.details, additions: additions.get(row.id) ?? 0 };
      groups.get(fact.details.visit ?? "")?.notes.push(note);
    } else if (fact.kind === "filled") {
      const form = { ...row, details: fact.details, additions: additions.get(row.id) ?? 0 };
      groups.get(fact.details.visit ?? "")?.forms.push(form);
    } else if (fact.kind === "observation") {
      groups.get(fact.details.visit ?? "")?.measured.push({ ...row, details: fact.details });
    }
  }
  // What was written first in a visit is read first.
  for (const { notes, forms } of groups.values()) {
    notes.reverse();
    forms.reverse();
  }
  return [...groups.values()];
}
