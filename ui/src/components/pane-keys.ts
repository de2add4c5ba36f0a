import { useEffect, useState, type RefObject } from "react";

/** What marks the title of a pane: it is no place of its own when the screen changes. */
export const PANE_TITLE = "[data-pane-title]";
/** What a pane is opened by. */
const OPENER = "button, a, tr";

/** By each pane, what it was opened by. */
const OPENERS = new WeakMap<Element, HTMLElement>();

/** Where the keys are now, to go back there later: of a pane what opened it, and of a menu its button. */
export function keysNow(): HTMLElement | null {
  const { activeElement: now } = document;
  const pane = now?.closest("[data-pane]");
  if (pane) return OPENERS.get(pane) ?? null;
  const menu = now?.closest("[role=menu]");
  const place = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : now;
  return place instanceof HTMLElement ? place : null;
}

/** Puts the keys back, and at the heading of the screen where that place is gone. */
export function giveKeysBack(place: HTMLElement | null): void {
  place?.focus();
  if (document.activeElement === document.body) {
    document.querySelector<HTMLElement>("h1[tabindex]")?.focus();
  }
}

/**
 * A pane in which there is nothing to fill in takes the keys from what opened it to its title, so that Tab goes on within it;
 * a form begins in its own field, and who is anywhere else stays there. A pane that closes gives the keys back.
 */
export function usePaneKeys(pane: RefObject<HTMLElement | null>, title: RefObject<HTMLElement | null>): void {
  // Before a field of the pane takes them.
  const [opener] = useState(keysNow);
  useEffect(() => {
    const { activeElement: now, body } = document;
    const own = pane.current;
    if (own && opener) OPENERS.set(own, opener);
    const isForm = own?.querySelector("input, select, textarea");
    const isElsewhere = now && now !== body && !now.matches(OPENER);
    if (!isForm && !isElsewhere && !own?.contains(now) && !now?.closest("[role=dialog]")) {
      title.current?.focus();
    }
    return () => {
      // With the pane its keys are gone, unless they were elsewhere meanwhile, or another pane takes them.
      if (document.activeElement === body && !document.querySelector(PANE_TITLE)) giveKeysBack(opener);
    };
  }, [pane, title, opener]);
}
