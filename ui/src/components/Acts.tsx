import type { ReactNode } from "react";
import style from "./Acts.module.css";

interface ActsProps {
  /** Where they stand in their line; at its beginning unless it is said here. */
  at?: "end" | "between";
  children: ReactNode;
}

/** The buttons of a form or a card, in a line that wraps. */
export function Acts({ at, children }: ActsProps) {
  return (
    <div className={style["acts"]} data-at={at}>
      {children}
    </div>
  );
}
