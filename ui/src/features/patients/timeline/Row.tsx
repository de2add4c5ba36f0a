import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Tag } from "../../../components/Tag";
import type { TimelineRow } from "../../../generated/TimelineRow";
import { Unread } from "../Unread";
import type { FactWords, Mark } from "./fact-words";
import style from "./Timeline.module.css";

interface RowProps {
  row: TimelineRow;
  mark: Mark;
  title: ReactNode;
  small: (string | null)[];
  tag?: FactWords["tag"] | undefined;
  children?: ReactNode;
}

/** A line of the timeline: when, a mark of what, the words, and the state at the right. */
export function Row({ row, mark, title, small, tag, children }: RowProps) {
  const { t } = useTranslation();
  // Who brought in what came from elsewhere says nothing about it.
  const parts = (row.imported ? [...small, t("patients.imported")] : [row.author, ...small]).filter(Boolean);
  return (
    <li className={style["row"]}>
      {row.time ? <time>{row.time}</time> : <span />}
      <span
        className={style["mark"]}
        data-mark={mark}
        title={t(`patients.mark_of.${mark}`)}
        aria-hidden="true"
      >
        {t(`patients.mark.${mark}`)}
      </span>
      <div className={style["words"]}>
        <div>{title}</div>
        {parts.length > 0 && (
          <div className={style["small"]}>
            {parts.map((part) => (
              <span key={part}>{part}</span>
            ))}
          </div>
        )}
        {children}
        {row.unread && (
          <div className={style["small"]}>
            <Unread lines={row.unread} />
          </div>
        )}
      </div>
      <div className={style["tags"]}>
        {row.disputed.length > 0 && <Tag kind="warn">{t("patients.disputed")}</Tag>}
        {tag && <Tag kind={tag.kind}>{tag.text}</Tag>}
      </div>
    </li>
  );
}
