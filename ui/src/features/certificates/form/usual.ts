import type { Offered } from "../types";
import { isSlip, isSpectacles } from "./values";

const KEPT_AS = "clinicdesk.template";

/**
 * The template that was used here last, or the first by its form's code that the person may issue. Spectacles come last: they begin
 * with a refraction.
 */
export function usualTemplate(offered: readonly Offered[]): Offered | undefined {
  const last = localStorage.getItem(KEPT_AS);
  const place = (each: Offered) => `${isSpectacles(each) ? 1 : 0} ${each.details.form_code ?? ""}`;
  const ordered = [...offered].sort((a, b) => place(a).localeCompare(place(b)));
  return ordered.find(({ id }) => id === last) ?? ordered.find(({ may_issue }) => may_issue) ?? ordered[0];
}

/** Remembers at this workstation which template was used, but for those that begin with something else than a person. */
export function usedTemplate(used: Offered | undefined): void {
  if (used && !isSlip(used) && !isSpectacles(used)) localStorage.setItem(KEPT_AS, used.id);
}
