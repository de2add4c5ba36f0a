import { useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEscape } from "./escape";
import { comboAria } from "./hotkey";
import { KeyHint } from "./KeyHint";
import { usePaneKeys } from "./pane-keys";
import style from "./Pane.module.css";

interface PaneProps {
  title: string;
  /** It has much to fill in: where there is room it is wider, and what it is about gives way. */
  wide?: boolean;
  /** Closes the pane; also by Escape. */
  onClose?: () => void;
  /** Quiet words at the left of the foot, such as when it was saved. */
  status?: ReactNode;
  /** The main act, at the right of the foot. */
  action?: ReactNode;
  children: ReactNode;
}

/** The task in hand, at the right of what it is about: head, a body that scrolls, and a foot with the main act. */
export function Pane({ title, wide = false, onClose, status, action, children }: PaneProps) {
  const { t } = useTranslation();
  const id = useId();
  const pane = useRef<HTMLElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  usePaneKeys(pane, head);
  useEscape(() => onClose?.(), onClose !== undefined);
  return (
    <section ref={pane} className={style["pane"]} data-pane data-wide={wide} aria-labelledby={id}>
      <header className={style["head"]}>
        <h2 id={id} ref={head} tabIndex={-1} data-pane-title>
          {title}
        </h2>
        {onClose && (
          <button type="button" onClick={onClose} aria-keyshortcuts={comboAria("Escape")}>
            <span>{t("action.close")}</span>
            <KeyHint combo="Escape" />
          </button>
        )}
      </header>
      <div className={style["body"]}>{children}</div>
      {(status !== undefined || action !== undefined) && (
        <footer className={style["foot"]}>
          <span className={style["status"]} role="status">
            {status}
          </span>
          {action}
        </footer>
      )}
    </section>
  );
}

/** Two fields side by side where there is room. */
export function Beside({ children }: { children: ReactNode }) {
  return <div className={style["beside"]}>{children}</div>;
}
