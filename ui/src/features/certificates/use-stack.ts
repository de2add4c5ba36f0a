import { useState } from "react";
import type { RecordId } from "../../generated/RecordId";
import { useQueryOf } from "../../host/use-command";

/** The stack of the person signed in, around the certificate that is open. */
export interface StackPlace {
  at: number;
  of: number;
  /** The one after it; null at the end. */
  next: RecordId | null;
}

/** The certificates that wait for this person, oldest first as the list has them, seen from the open one. */
export function useStack(open: RecordId, inStack: boolean): StackPlace | null {
  const waiting = useQueryOf(
    "certificates",
    { list: "waiting", text: "", before: null },
    { enabled: inStack },
  );
  // What was decided on leaves the list; where it stood is still its place until the next one opens.
  const [last, setLast] = useState<{ open: RecordId; place: StackPlace } | null>(null);
  const rows = (waiting.data?.rows ?? []).filter(({ may_issue }) => may_issue);
  const at = rows.findIndex(({ id }) => id === open);
  const place = at < 0 ? null : { at: at + 1, of: rows.length, next: rows[at + 1]?.id ?? null };
  const known = last?.open === open ? last.place : null;
  if (place && (place.at !== known?.at || place.of !== known.of || place.next !== known.next)) {
    setLast({ open, place });
  }
  return inStack ? (place ?? known) : null;
}
