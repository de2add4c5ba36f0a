import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import { Tag, type TagKind } from "../../components/Tag";
import type { TargetRow } from "../../generated/TargetRow";
import { useBackupWords } from "./backup-words";
import style from "./Backups.module.css";

const KINDS: Record<TargetRow["state"], TagKind> = {
  new: "plain",
  verified: "ok",
  not_seen: "warn",
  failed: "danger",
  damaged: "danger",
};

/** Each target: its last backup, what that holds, when it was read back, and how it stands. */
export function useTargetColumns(): readonly Column<TargetRow>[] {
  const { t } = useTranslation();
  const { moment, size, took, counted } = useBackupWords();
  const two = (first: ReactNode, small: ReactNode) => (
    <div className={style["cell"]}>
      <span>{first}</span>
      {small && <span className={style["small"]}>{small}</span>}
    </div>
  );
  return [
    {
      head: t("backups.target"),
      show: ({ name, sort, same_disk }) =>
        two(
          <b>{name}</b>,
          same_disk ? (
            <>
              {t(`backups.${sort}`)} · <span className={style["warn"]}>{t("backups.same_disk")}</span>
            </>
          ) : (
            t(`backups.${sort}`)
          ),
        ),
    },
    {
      head: t("backups.last"),
      whole: true,
      show: ({ last, former }) =>
        last
          ? two(
              moment(last.at),
              t("backups.written", {
                sort: t(`backups.${last.sort ?? "quick"}`),
                took: took(last.took),
                size: size(last.bytes),
              }),
            )
          : two(t("backups.nothing_yet"), former && t("backups.former")),
    },
    {
      head: t("backups.holds"),
      whole: true,
      show: ({ last, state }) =>
        last &&
        two(
          state === "damaged"
            ? t("backups.not_sure")
            : last.lacking === 0
              ? t("backups.everything")
              : t("backups.all_but", { count: last.lacking }),
          t("backups.counted", {
            entries: counted("entries", last.entries),
            files: counted("files", last.files),
          }),
        ),
    },
    {
      head: t("backups.read_back"),
      whole: true,
      show: ({ last, whole, sort }) =>
        last &&
        two(
          moment(last.at),
          whole
            ? t("backups.whole", { time: moment(whole) })
            : t(sort === "server" ? "backups.receipt" : "backups.never_whole"),
        ),
    },
    {
      head: t("backups.state"),
      whole: true,
      show: ({ state, unseen_days }) => (
        <Tag kind={KINDS[state]}>
          {t(`backups.states.${state}`, { days: counted("days", unseen_days ?? 0) })}
        </Tag>
      ),
    },
  ];
}
