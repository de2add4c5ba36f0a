import type { Patient } from "../../../generated/Patient";

let kept: { visit: string; user: string; details: Patient } | null = null;

/**
 * Keeps the typing of a registration while a chart is looked at that may be the same person's: in memory alone, for
 * this person's way back.
 */
export function keepTyping(visit: string, user: string, details: Patient): void {
  kept = { visit, user, details };
}

/** The typing that was left on this visit to the screen, by this person. */
export function keptTyping(visit: string, user: string): Patient | null {
  return visit && kept?.visit === visit && kept.user === user ? kept.details : null;
}
