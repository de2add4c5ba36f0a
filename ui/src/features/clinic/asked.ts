import type { Asked } from "../../generated/Asked";

const KEPT_AS = "clinicdesk.sheet-asked";

/**
 * Which characters of the sheet were asked for, kept on this computer until they were read back: places on the paper,
 * nothing of what stands there.
 */
export function keepAsked(asked: readonly Asked[]): void {
  localStorage.setItem(KEPT_AS, JSON.stringify(asked));
}

/** The places kept here; null where the clinic was not set up in this window, or they were read back. */
export function keptAsked(): Asked[] | null {
  const kept = localStorage.getItem(KEPT_AS);
  return kept ? (JSON.parse(kept) as Asked[]) : null;
}

export function forgetAsked(): void {
  localStorage.removeItem(KEPT_AS);
}
