import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import style from "./ErrorNote.module.css";

interface ErrorNoteProps {
  what: string;
  safe: string;
  todo: string;
  action?: ReactNode;
}

/** Something was not done: what happened, what is safe, what to do. Read out when it appears. */
export function ErrorNote({ what, safe, todo, action }: ErrorNoteProps) {
  return (
    <div className={style["note"]} role="alert">
      <IconAlertTriangle size="1.125rem" stroke={1.8} aria-hidden="true" />
      <div>
        <p className={style["what"]}>{what}</p>
        <p>{safe}</p>
        <p>{todo}</p>
        {action && <div className={style["action"]}>{action}</div>}
      </div>
    </div>
  );
}
