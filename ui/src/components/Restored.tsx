import type { ReactNode } from "react";
import style from "./Restored.module.css";

/** Says that a form goes on from what was typed in it before, and since when. */
export function Restored({ children }: { children: ReactNode }) {
  return <div className={style["restored"]}>{children}</div>;
}
