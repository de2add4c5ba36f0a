import type { FunctionComponent } from "react";
import style from "./IconButton.module.css";

interface IconButtonProps {
  icon: FunctionComponent<{ size: string; stroke: number }>;
  /** What it does, to what. */
  label: string;
  /** The same in short, for the pointer. */
  title?: string;
  onClick: () => void;
  disabled?: boolean;
}

/** A small button of a row. A list has one or two a row: it is the page's own, which is drawn sooner than the library's. */
export function IconButton({ icon: Icon, label, title, onClick, disabled }: IconButtonProps) {
  return (
    <button
      type="button"
      className={style["button"]}
      aria-label={label}
      title={title}
      onClick={onClick}
      disabled={disabled}
    >
      <Icon size="0.9375rem" stroke={1.7} />
    </button>
  );
}
