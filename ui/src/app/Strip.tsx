import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import style from "./Strip.module.css";

/** One sentence about what this person must still do, across the window, with the act that does it. */
export function Strip({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={style["strip"]} role="status">
      <IconAlertTriangle size="1rem" stroke={1.8} aria-hidden="true" />
      <span>{children}</span>
      {action}
    </div>
  );
}
