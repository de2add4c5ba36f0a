import { comboText, type Combo } from "./hotkey";
import style from "./KeyHint.module.css";

/** The keys that do the same as the control it stands in; spoken by `aria-keyshortcuts`, so silent here. */
export function KeyHint({ combo }: { combo: Combo }) {
  return (
    <kbd className={style["key"]} aria-hidden="true">
      {comboText(combo)}
    </kbd>
  );
}
