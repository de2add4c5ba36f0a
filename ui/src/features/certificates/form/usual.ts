import type { Offered } from "../types";

const KEPT_AS = "clinicdesk.template";

/** The template that was used here last, or the first by its form's code that the person may issue. */
export function usualTemplate(offered: readonly Offered[]): Offered | undefined {
  const last = localStorage.getItem(KEPT_AS);
  const code = ({ details }: Offered) => details.form_code ?? "";
  const ordered = [...offered].sort((a, b) => code(a).localeCompare(code(b)));
  return ordered.find(({ id }) => id === last) ?? ordered.find(({ may_issue }) => may_issue) ?? ordered[0];
}

/** Remembers at this workstation which template was used. */
export function usedTemplate(id: string): void {
  localStorage.setItem(KEPT_AS, id);
}
