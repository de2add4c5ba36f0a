import type { ReactNode } from "react";
import style from "./EmptyState.module.css";

/** An empty place: one sentence on what belongs here, and the act that puts it there. */
export function EmptyState({ text, icon, action }: { text: string; icon?: ReactNode; action?: ReactNode }) {
  return (
    <div className={style["empty"]}>
      {icon && (
        <span className={style["icon"]} aria-hidden="true">
          {icon}
        </span>
      )}
      <p>{text}</p>
      {action}
    </div>
  );
}
