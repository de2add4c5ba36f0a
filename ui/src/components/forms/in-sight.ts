/** Scrolls the place that has the keys into sight, with what is said about it. */
export function showInHand(around: HTMLElement | null): void {
  const place = around?.querySelector<HTMLElement>(":focus");
  if (!place) return;
  for (const id of (place.getAttribute("aria-describedby") ?? "").split(" ")) {
    document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }
  place.scrollIntoView({ block: "nearest" });
}

/** Whether all of `element` is to be seen where it scrolls. */
export function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  const window = scroller(element)?.getBoundingClientRect();
  return !window || (top >= window.top && bottom <= window.bottom);
}

function scroller(element: Element): Element | null {
  const around = element.parentElement;
  if (!around) return null;
  return ["auto", "scroll"].includes(getComputedStyle(around).overflowY) ? around : scroller(around);
}
