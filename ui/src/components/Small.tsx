import type { ReactNode } from "react";
import style from "./Small.module.css";

/** A quiet line of small print. */
export function Small({ children }: { children: ReactNode }) {
  return <p className={style["small"]}>{children}</p>;
}
