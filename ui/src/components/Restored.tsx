import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWhenIn } from "../i18n/use-when";
import style from "./Restored.module.css";

/** Tells of what was typed before. */
export function TypedBefore({ children }: { children: ReactNode }) {
  return <div className={style["restored"]}>{children}</div>;
}

interface RestoredProps {
  /** When it was typed, in milliseconds since 1970. */
  since: number;
  /** The site's time zone. */
  zone: string;
  /** What can be done with it. */
  children?: ReactNode;
}

/** Says that a form goes on from what was typed in it before, and since when. */
export function Restored({ since, zone, children }: RestoredProps) {
  const { t } = useTranslation();
  const when = useWhenIn(zone);
  return (
    <TypedBefore>
      {t("saved.restored", { when: when(new Date(since).toISOString()) })} {children}
    </TypedBefore>
  );
}
