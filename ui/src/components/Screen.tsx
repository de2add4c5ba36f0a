import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import style from "./Screen.module.css";

interface ScreenProps {
  title: string;
  /** Quiet words after the title. */
  note?: ReactNode;
  /** The main act where there is no pane to hold it. */
  action?: ReactNode;
  children: ReactNode;
}

/** A screen with its one heading, which names the window too. */
export function Screen({ title, note, action, children }: ScreenProps) {
  useWindowTitle(title);
  return (
    <div className={style["screen"]}>
      <header className={style["head"]}>
        <div className={style["title"]}>
          <h1 tabIndex={-1}>{title}</h1>
          {note}
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}

/** Names the window after the screen in it; never after a person, for the system lists windows by name. */
export function useWindowTitle(screen: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t("app.title", { screen, app: t("app.name") });
  }, [t, screen]);
}
