import { useEffect, useEffectEvent } from "react";

interface ReviewKeys {
  enabled: boolean;
  /** Not there while the certificate may not be approved yet. */
  onApprove?: () => void;
  onReturn?: () => void;
}

/** What Enter means to whatever has the focus: there it is left alone. */
const OWN = "button, a, input, select, textarea, [role=tab], [role=option]";

/**
 * Enter approves and R returns the certificate in sight. A key that is held down decides nothing: with a stack under
 * it, it would approve what nobody has seen.
 */
export function useReviewKeys({ enabled, onApprove, onReturn }: ReviewKeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(OWN)) return;
    const act = event.key === "Enter" ? onApprove : event.key.toLowerCase() === "r" ? onReturn : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
