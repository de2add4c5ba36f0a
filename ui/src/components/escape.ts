import { useEffect, useRef } from "react";
import { useHotkey } from "./hotkey";

/** What floats over a screen, and what a list or a menu hangs from while it is open: Escape closes that alone. */
const FLOATING =
  "[role=dialog],[role=alertdialog],[role=menu],[role=listbox],[aria-haspopup][aria-expanded=true]";

/** Does `act` on Escape, unless something that floats is closed by it. */
export function useEscape(act: () => void, enabled: boolean): void {
  const floating = useRef(false);
  useEffect(() => {
    // Seen on the way down: on the way up what floated may be closed already.
    const look = ({ key, target }: KeyboardEvent) => {
      floating.current = key === "Escape" && target instanceof Element && target.closest(FLOATING) !== null;
    };
    document.addEventListener("keydown", look, { capture: true });
    return () => document.removeEventListener("keydown", look, { capture: true });
  }, []);
  useHotkey(
    "Escape",
    () => {
      if (!floating.current) act();
    },
    enabled,
  );
}
