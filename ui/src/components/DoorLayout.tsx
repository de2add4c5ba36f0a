import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../i18n/use-language";
import type { Language } from "../i18n/start";
import { Mark } from "./Mark";
import { useWindowTitle } from "./Screen";
import style from "./DoorLayout.module.css";

interface DoorLayoutProps {
  /** Names the window; never a person. */
  title: string;
  /** Where this computer stands, once it stands somewhere. */
  clinic?: string | null | undefined;
  site?: string | null | undefined;
  /** Short stands in the middle; long begins at the top and scrolls. */
  size?: "short" | "long";
  children: ReactNode;
}

/** The window while nobody is at work in it: whose it is at the left, the one thing to do at the right. */
export function DoorLayout({ title, clinic, site, size = "short", children }: DoorLayoutProps) {
  const { t } = useTranslation();
  useWindowTitle(title);
  return (
    <div className={style["door"]}>
      <header className={style["side"]}>
        <div className={style["brand"]}>
          <Mark className={style["mark"]} />
          {t("app.name")}
        </div>
        {clinic && (
          <div className={style["where"]}>
            <p className={style["clinic"]}>{clinic}</p>
            <p>{site}</p>
          </div>
        )}
        <LanguageChoice />
      </header>
      <main className={style["main"]} data-size={size}>
        <div className={style["content"]}>{children}</div>
      </main>
    </div>
  );
}

function LanguageChoice() {
  const { t } = useTranslation();
  const { language, languages, choose } = useLanguage();
  return (
    <select
      className={style["language"]}
      aria-label={t("person.language")}
      value={language}
      onChange={(event) => choose(event.currentTarget.value as Language)}
    >
      {languages.map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
