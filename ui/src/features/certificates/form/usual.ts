import type { Offered } from "../types";

const KEPT_AS = "clinicdesk.template";

/** The template that was used here last, or the first that the person may issue. */
export function usualTemplate(offered: readonly Offered[]): Offered | undefined {
  const last = localStorage.getItem(KEPT_AS);
  return offered.find(({ id }) => id === last) ?? offered.find(({ may_issue }) => may_issue) ?? offered[0];
}

/** Remembers at this workstation which template was used. */
export function usedTemplate(id: string): void {
  localStorage.setItem(KEPT_AS, id);
}
