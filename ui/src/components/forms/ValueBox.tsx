import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import style from "./forms.module.css";

/** What every place of a form is given, whatever it holds. */
export interface PlaceProps {
  /** The path of its value. */
  name: string;
  /** What it asks, read out: which side, which question, which unit. */
  label: string;
  value: string;
  onChange: (text: string) => void;
  onKeyDown?: ((event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => void) | undefined;
  onLeave?: (() => void) | undefined;
  /** Something about it is wrong or is asked. */
  wrong?: boolean;
  /** The id of the words that say so. */
  told?: string | undefined;
  /** It stands, and cannot be changed now. */
  readOnly?: boolean;
}

interface ValueBoxProps extends PlaceProps {
  /** Words stand at the beginning, numbers at the end. */
  words?: boolean;
  /** It says a word of the form instead of what is typed, such as why there is no value: typing replaces it. */
  said?: string | null;
  /** How its value is written while nobody types there. */
  shown?: string | undefined;
  /** Small print under it, such as when the value was so last. */
  mark?: string | null;
}

/** A place for a number or a few words. */
export function ValueBox(props: ValueBoxProps) {
  const {
    name,
    label,
    value,
    onChange,
    onKeyDown,
    onLeave,
    wrong = false,
    told,
    readOnly = false,
    words = false,
    said = null,
    shown = value,
    mark = null,
  } = props;
  const box = useRef<HTMLInputElement>(null);
  const [here, setHere] = useState(false);
  // What stands is typed over, not added to: a number is read whole.
  useLayoutEffect(() => {
    if (here && !words) box.current?.select();
  }, [here, words]);
  return (
    <span className={style["place"]}>
      <input
        className={style["box"]}
        data-words={words || said !== null}
        data-said={said !== null}
        name={name}
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={told}
        autoComplete="off"
        spellCheck={words}
        readOnly={readOnly}
        ref={box}
        value={said ?? (here ? value : shown)}
        onFocus={() => setHere(true)}
        onChange={(event) => {
          const text = event.currentTarget.value;
          // A word is no beginning of a number.
          onChange(said === null ? text : text.startsWith(said) ? text.slice(said.length) : "");
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setHere(false);
          onLeave?.();
        }}
      />
      {mark && <small className={style["mark"]}>{mark}</small>}
    </span>
  );
}
