import type { ReactNode } from "react";
import style from "./Stack.module.css";

/** Things below each other, with a line between them; in an ordered list their order says something. */
export function Stack({ children, ordered = false }: { children: ReactNode; ordered?: boolean }) {
  const List = ordered ? "ol" : "ul";
  return <List className={style["stack"]}>{children}</List>;
}
