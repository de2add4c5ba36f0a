import type { RecordId } from "../../../generated/RecordId";
import type { ScratchRow } from "../../../generated/ScratchRow";
import type { EntryTyping } from "./use-entry";

/** The name under which the typing is kept. */
export const SUBJECT = "vitals";
/** What was typed longer ago than this, in milliseconds, is not taken for measured now. */
const FRESH_MS = 15 * 60_000;

/** What was typed longer ago than this, in minutes, is not taken any more. */
const LONGEST_AGO = 7 * 24 * 60;

/** Where and when a taking began to be typed. */
export interface Origin {
  /** The visit that the person was in. */
  visit: RecordId | null;
  /** In milliseconds since 1970. */
  since: number;
}

/** A taking that was typed and not saved. */
export interface Left extends Origin {
  typing: EntryTyping;
}

/** The typing as it is kept: however often it is gone on with, it stays as old as it is. */
export function leftText(typing: EntryTyping, { visit, since }: Origin): string {
  return JSON.stringify({ ...typing, visit, since });
}

/** What was left; null when there is nothing that can be read. */
export function readLeft(row: ScratchRow | null): Left | null {
  if (!row) return null;
  try {
    const { visit = null, since = row.at, ...typing } = JSON.parse(row.text) as EntryTyping & Partial<Origin>;
    return Object.keys(typing).length > 0 ? { visit, since, typing } : null;
  } catch {
    return null;
  }
}

/** Whether nobody can tell that it was measured just now, in this visit. */
export function isOld(origin: Origin, visit: RecordId | null, now: number): boolean {
  return origin.visit !== visit || now - origin.since > FRESH_MS;
}

/** How many minutes ago the typing began; null where that is too long ago to be recorded. */
export function minutesSince({ since }: Origin, now: number): number | null {
  const minutes = Math.max(0, Math.round((now - since) / 60_000));
  return minutes > LONGEST_AGO ? null : minutes;
}
