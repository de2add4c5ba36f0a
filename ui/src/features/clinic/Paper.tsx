import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import style from "./Papers.module.css";

interface PaperProps {
  title: string;
  /** What it opens and where to keep it. */
  note: string;
  lines: readonly string[];
  /** The first to copy: larger. */
  strong?: boolean;
  /** Its lines have no numbers. */
  plain?: boolean;
  /** What can be done with it. */
  children?: ReactNode;
}

/** One paper to copy: its lines in groups, large, in a face that tells 0 from O. */
export function Paper({ title, note, lines, strong = false, plain = false, children }: PaperProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={style["paper"]} aria-labelledby={id} data-strong={strong}>
      <h2 id={id}>{title}</h2>
      <p>{note}</p>
      <ol className={style["lines"]}>
        {lines.map((line, at) => (
          <li key={line}>
            {!plain && (
              <span className={style["number"]} aria-label={t("papers.line", { number: `${at + 1}` })}>
                {at + 1}
              </span>
            )}
            <code>
              {line.split(/[\s-]+/).map((group, place) => (
                <span key={place}>{group}</span>
              ))}
            </code>
          </li>
        ))}
      </ol>
      {children}
    </section>
  );
}
