import type { ReactNode } from "react";
import style from "./Row.module.css";

/** Things side by side, in a further line where there is no room. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={style["row"]}>{children}</div>;
}
