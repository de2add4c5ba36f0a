import { IconHistory } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../components/IconButton";
import { Tag } from "../../../components/Tag";
import type { TimelineRow } from "../../../generated/TimelineRow";
import { markWords } from "../../../records/facts";
import type { Mark } from "../../../records/kind";
import type { FactWords } from "../../../records/kind";
import { Unread } from "../../../records/Unread";
import style from "./Timeline.module.css";

interface RowProps {
  row: TimelineRow;
  mark: Mark;
  title: ReactNode;
  small: (string | null)[];
  /** What it looks like, small, at the right of the words. */
  picture?: ReactNode;
  tag?: FactWords["tag"] | undefined;
  onHistory: () => void;
  children?: ReactNode;
}

/** A line of the timeline: when, a mark of what, the words, and the state at the right. */
export function Row({ row, mark, title, small, picture, tag, onHistory, children }: RowProps) {
  const { t } = useTranslation();
  const { letters, meaning } = markWords(t, mark);
  // Who brought in what came from elsewhere says nothing about it.
  const parts = (row.imported ? [...small, t("patients.imported")] : [row.author, ...small]).filter(Boolean);
  return (
    <li className={style["row"]}>
      {row.time ? <time>{row.time}</time> : <span />}
      <span className={style["mark"]} data-mark={mark} title={meaning} aria-hidden="true">
        {letters}
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
        {picture && <span className={style["picture"]}>{picture}</span>}
        {row.disputed.length > 0 && <Tag kind="warn">{t("patients.disputed")}</Tag>}
        {tag && <Tag kind={tag.kind}>{tag.text}</Tag>}
        <IconButton
          icon={IconHistory}
          label={t("patients.history.of", { name: meaning })}
          title={t("patients.history.title")}
          onClick={onHistory}
        />
      </div>
    </li>
  );
}
