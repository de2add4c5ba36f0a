/** Puts the keys into the field of this path, so that what is wrong is where one types. */
export function focusField(form: HTMLElement | null, path: string | null): void {
  if (path) form?.querySelector<HTMLElement>(`[name="${CSS.escape(path)}"]`)?.focus();
}
