import { useEffect, useRef, type ReactNode } from "react";
import { KeyHint } from "./KeyHint";
import type { Combo } from "./hotkey";
import style from "./Suggestions.module.css";

/** Something that may be meant by what was typed. */
export interface Suggestion {
  id: string;
  title: ReactNode;
  /** Stands at the right of it. */
  after?: ReactNode;
  /** The line under it. */
  detail?: ReactNode;
}

interface SuggestionsProps {
  /** The id of the list, which its field names. */
  id: string;
  /** What the list is, read out. */
  label: string;
  items: readonly Suggestion[];
  /** The item under the keys, -1 for none. */
  at: number;
  onPick: (at: number) => void;
  /** What the keys do. */
  keys: readonly { combo: Combo; does: string }[];
}

/** The id of the option at `at` in the list `id`. */
export function optionId(id: string, at: number): string {
  return `${id}-${at}`;
}

/** A field and the list that hangs from it. */
export function Suggesting({ children }: { children: ReactNode }) {
  return <div className={style["around"]}>{children}</div>;
}

/** What may be meant by what is typed, under its field; the keys stay in the field. */
export function Suggestions({ id, label, items, at, onPick, keys }: SuggestionsProps) {
  const box = useRef<HTMLDivElement>(null);
  // It hangs below its field, so at the foot of a pane it would be cut off.
  useEffect(() => {
    box.current?.scrollIntoView?.({ block: "nearest" });
  }, [items.length]);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest" });
  }, [at]);
  return (
    <div ref={box} className={style["float"]}>
      <div id={id} role="listbox" className={style["list"]} aria-label={label}>
        {items.map((item, index) => (
          // The field names this option as the current one; the pointer is served here, before it takes the keys away.
          <div
            key={item.id}
            id={optionId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={style["option"]}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(index);
            }}
          >
            <b>{item.title}</b>
            <span className={style["after"]}>{item.after}</span>
            {item.detail && <small>{item.detail}</small>}
          </div>
        ))}
      </div>
      <div className={style["keys"]} aria-hidden="true">
        {keys.map(({ combo, does }) => (
          <span key={combo}>
            <KeyHint combo={combo} /> {does}
          </span>
        ))}
      </div>
    </div>
  );
}
