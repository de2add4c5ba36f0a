import { type ReactNode, useId } from "react";
import style from "./ProgressBar.module.css";

interface ProgressBarProps {
  done: number;
  of: number;
  /** How far it is, in words. */
  said: string;
  /** What else stands below. */
  children?: ReactNode;
}

/** How far something long is, in words and as a bar. */
export function ProgressBar({ done, of, said, children }: ProgressBarProps) {
  const id = useId();
  return (
    <div className={style["progress"]}>
      <p id={id} role="status" data-figures>
        {said}
      </p>
      <div role="progressbar" aria-labelledby={id} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
        <div style={{ inlineSize: `${(100 * done) / Math.max(of, 1)}%` }} />
      </div>
      {children}
    </div>
  );
}
