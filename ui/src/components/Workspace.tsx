import type { ReactNode } from "react";
import style from "./Workspace.module.css";

interface WorkspaceProps {
  /** Who or what this is about, across the whole width. */
  banner?: ReactNode;
  /** The task in hand, at the right; below, where there is no room beside. */
  pane?: ReactNode;
  /** The content reaches the edges and scrolls by itself. */
  flush?: boolean;
  children: ReactNode;
}

/** The order of every screen: who (banner), what happened (content), what I do (pane). */
export function Workspace({ banner, pane, flush = false, children }: WorkspaceProps) {
  return (
    <div className={style["workspace"]}>
      <div className={style["order"]}>
        {banner}
        <div className={style["body"]}>
          <div className={style["content"]} data-flush={flush}>
            {children}
          </div>
          {pane && <div className={style["pane"]}>{pane}</div>}
        </div>
      </div>
    </div>
  );
}
