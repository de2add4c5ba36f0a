import { useKeydown } from "../../../components/hotkey";

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
  useKeydown((event) => {
    if (!enabled || event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(OWN)) return;
    const act = event.key === "Enter" ? onApprove : event.key.toLowerCase() === "r" ? onReturn : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
}
