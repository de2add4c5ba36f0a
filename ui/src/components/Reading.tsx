import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import style from "./Reading.module.css";

/** How a value lies to what is expected. Who judges it says so; a screen only shows it. */
export type ReadingLevel = "normal" | "low" | "high" | "critical_low" | "critical_high" | "unknown";

const MARKS = { low: "▼", high: "▲", critical_low: "‼ ▼", critical_high: "‼ ▲" } as const;

interface ReadingProps {
  level: ReadingLevel;
  /** More digits than are shown. */
  exact?: string | undefined;
  children: ReactNode;
}

/** A value with the mark of its level: amber and an arrow, or red with two strokes. Read out in words. */
export function Reading({ level, exact, children }: ReadingProps) {
  const { t } = useTranslation();
  const marked = level === "normal" || level === "unknown" ? null : level;
  return (
    <span className={style["reading"]} data-level={level} title={exact}>
      {children}
      {marked && (
        <>
          <span className={style["mark"]} aria-hidden="true">
            {MARKS[marked]}
          </span>
          <VisuallyHidden> ({t(`level.${marked}`)})</VisuallyHidden>
        </>
      )}
    </span>
  );
}
