const PLACES = "input, select, textarea";

/** Puts the keys into the place after `from` within `around`; false where it was the last. */
export function onward(around: HTMLElement | null | undefined, from: Element): boolean {
  const places = [...(around?.querySelectorAll<HTMLInputElement>(PLACES) ?? [])];
  const next = places.slice(places.indexOf(from as HTMLInputElement) + 1).find(({ disabled }) => !disabled);
  next?.focus();
  return next !== undefined;
}
