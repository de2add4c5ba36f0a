import { KeyHint } from "../KeyHint";
import type { Combo } from "../hotkey";
import style from "./forms.module.css";

/** What one can do about it, by a press or by its key. */
export interface Way {
  label: string;
  combo?: Combo;
  onTake: () => void;
}

interface AskingProps {
  id: string;
  /** Which place it is about. */
  about: string;
  text: string;
  ways: readonly Way[];
}

/** What is wrong or is asked, below the places that it is about; read out when it appears. */
export function Asking({ id, about, text, ways }: AskingProps) {
  return (
    <div className={style["asking"]} role="status">
      <span id={id}>
        <b>{about}</b> {text}
      </span>
      {ways.map(({ label, combo, onTake }) => (
        <button key={label} type="button" onClick={onTake}>
          {combo && <KeyHint combo={combo} />}
          {label}
        </button>
      ))}
    </div>
  );
}
