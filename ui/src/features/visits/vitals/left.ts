import type { RecordId } from "../../../generated/RecordId";
import { keptIn, type KeptTyping, type Left } from "../../../forms/use-left";
import type { EntryTyping } from "./use-entry";

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

/** The typing that was left: however often it is gone on with, it stays as old as it is. */
export function keptTaking(left: Left): KeptTyping<EntryTyping> | null {
  const kept = keptIn<EntryTyping>(left, {});
  if (!kept) return null;
  const { visit = null, since = kept.at } = kept.typing.seen;
  return { typing: { ...kept.typing, seen: { version: null, visit, since } }, at: since };
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
