import { useEffect, useRef, type ReactNode } from "react";
import style from "./Backups.module.css";

interface InSightProps {
  /** What was answered. */
  of: unknown;
  /** It is read out; a refusal does so itself. */
  live?: boolean;
  children: ReactNode;
}

/** What looking at a backup answered: it comes into sight, however far down the form was scrolled. */
export function InSight({ of, live = false, children }: InSightProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // An engine may answer with a promise, which is no clean-up.
    place.current?.scrollIntoView({ block: "nearest" });
  }, [of]);
  return (
    <div ref={place} aria-live={live ? "polite" : undefined} className={style["planned"]}>
      {children}
    </div>
  );
}
