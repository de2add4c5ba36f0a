import { useEffect, type RefObject } from "react";

/** What marks the title of a pane: it is no place of its own when the screen changes. */
export const PANE_TITLE = "[data-pane-title]";
/** What a pane is opened by. */
const OPENER = "button, a, tr";

/**
 * A pane in which there is nothing to fill in takes the keys from what opened it to its title, so that Tab goes on within it,
 * and gives them back when it closes. A form begins in its own field, and who is anywhere else stays there.
 */
export function usePaneKeys(pane: RefObject<HTMLElement | null>, title: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { activeElement: now, body } = document;
    const isForm = pane.current?.querySelector("input, select, textarea");
    if (isForm || pane.current?.contains(now) || now?.closest("[role=dialog]")) return;
    if (now && now !== body && !now.matches(OPENER)) return;
    title.current?.focus();
    return () => {
      // With the pane its keys are gone, unless they were elsewhere meanwhile.
      if (document.activeElement === body && now instanceof HTMLElement && now.isConnected) now.focus();
    };
  }, [pane, title]);
}
