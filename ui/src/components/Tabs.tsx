import { useRef, type KeyboardEvent } from "react";
import style from "./Tabs.module.css";

interface TabsProps<V extends string> {
  /** What they are the parts of; read out, not shown. */
  label: string;
  tabs: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
  /** The id of the element that shows the chosen part. */
  controls: string;
}

/** The parts of one thing, one of them shown; the left and right keys move and show. */
export function Tabs<V extends string>({ label, tabs, value, onChange, controls }: TabsProps<V>) {
  const bar = useRef<HTMLDivElement>(null);
  const shown = tabs.findIndex((tab) => tab.value === value);
  const show = (at: number) => {
    const tab = tabs[at];
    if (!tab) return;
    onChange(tab.value);
    bar.current?.querySelectorAll<HTMLElement>("[role=tab]")[at]?.focus();
  };
  const move = (event: KeyboardEvent) => {
    const next = { ArrowRight: shown + 1, ArrowLeft: shown - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  };
  return (
    <div ref={bar} className={style["tabs"]} role="tablist" aria-label={label}>
      {tabs.map((tab, at) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`${controls}-${tab.value}`}
          className={style["tab"]}
          aria-selected={at === shown}
          aria-controls={controls}
          tabIndex={at === shown ? 0 : -1}
          onClick={() => onChange(tab.value)}
          onKeyDown={move}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
