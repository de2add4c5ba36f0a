import { useEffect, useEffectEvent } from "react";

/**
 * A combination of keys: modifiers `mod` (Ctrl, on a Mac the command key), `shift`, `alt`, then one key,
 * joined by `+`: `mod+Enter`, `/`, `Escape`.
 */
export type Combo = string;

const MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

const SIGNS: Record<string, string> = {
  mod: MAC ? "⌘" : "Ctrl",
  shift: "⇧",
  alt: MAC ? "⌥" : "Alt",
  Enter: "↵",
  Escape: "Esc",
  Tab: "Tab",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** The combination as it is printed on a button, `Ctrl ⇧ ↵`. */
export function comboText(combo: Combo): string {
  return parts(combo)
    .map((part) => SIGNS[part] ?? part.toUpperCase())
    .join(" ");
}

/** The combination as `aria-keyshortcuts` wants it, `Control+Shift+Enter`. */
export function comboAria(combo: Combo): string {
  const names: Record<string, string> = { mod: MAC ? "Meta" : "Control", shift: "Shift", alt: "Alt" };
  return parts(combo)
    .map((part) => names[part] ?? part)
    .join("+");
}

/** Whether a key press is this combination. A key that types a character needs no shift named. */
export function matches(combo: Combo, event: KeyboardEvent): boolean {
  const wanted = parts(combo);
  const key = wanted.at(-1) ?? "";
  const typed = key.length === 1;
  // With alt a Mac types another sign, so there the place of the key decides.
  const pressed = (event.altKey && /^(?:Digit|Key)(.)$/.exec(event.code)?.[1]) || event.key;
  return (
    pressed.toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === wanted.includes("mod") &&
    event.altKey === wanted.includes("alt") &&
    (typed && !wanted.includes("mod") ? true : event.shiftKey === wanted.includes("shift"))
  );
}

/**
 * Does `act` when the combination is pressed anywhere in the window while the component is shown. A bare character
 * is left to whatever field is being typed in, and does nothing under a dialog; a press another hand already took is
 * left alone.
 */
export function useHotkey(combo: Combo | undefined, act: () => void, enabled = true): void {
  useKeydown((event) => {
    if (!combo || !enabled || event.defaultPrevented || event.isComposing || !matches(combo, event)) return;
    if (combo.length === 1 && (isTyping(event.target) || isUnderDialog())) return;
    event.preventDefault();
    act();
  });
}

/** Hears each key that is pressed anywhere in the window while the component is shown. */
export function useKeydown(hear: (event: KeyboardEvent) => void): void {
  const press = useEffectEvent(hear);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

/** Whether a key that is pressed there types something. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Whether a dialog stands over the screen. */
function isUnderDialog(): boolean {
  return document.querySelector("[aria-modal=true]") !== null;
}

function parts(combo: Combo): string[] {
  // What joins them is a key too.
  return combo === "+" ? [combo] : combo.split("+");
}
