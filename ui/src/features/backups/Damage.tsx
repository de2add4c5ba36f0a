import { useTranslation } from "react-i18next";
import type { TargetRow } from "../../generated/TargetRow";
import { useBackupWords } from "./backup-words";
import style from "./Backups.module.css";

/** Whether the last look found it damaged or changed: what lies there counts as no backup until it is whole again. */
export const isDoubted = ({ damaged, attacked }: TargetRow) => damaged !== null || attacked;

/** What is damaged or gone where backups lie, and what a run found so and wrote again. */
export function Damage({ rows }: { rows: readonly TargetRow[] }) {
  const { t } = useTranslation();
  const { moment } = useBackupWords();
  const list = (names: readonly string[], more: number) =>
    more > 0 ? t("backups.and_more", { names: names.join(", "), count: more }) : names.join(", ");
  const damage = (names: readonly string[], more: number) => {
    const what = names.some((name) => name.startsWith("points/")) ? "damaged_points" : "damaged_objects";
    return t(`backups.${what}`, { objects: list(names, more) });
  };
  const said = rows.flatMap((row) => [
    ...(row.attacked ? [{ row, over: false, text: t("backups.faults.attacked") }] : []),
    ...(row.damaged === null
      ? []
      : [
          {
            row,
            over: false,
            text: damage([row.damaged, ...row.others], row.more),
          },
        ]),
    ...(row.mended === null
      ? []
      : [
          {
            row,
            over: true,
            text: t("backups.mended", {
              time: moment(row.mended.at),
              count: row.mended.count,
              objects: list(row.mended.objects, row.mended.count - row.mended.objects.length),
            }),
          },
        ]),
  ]);
  if (said.length === 0) return null;
  return (
    <ul className={style["faults"]}>
      {said.map(({ row: { id, name }, over, text }) => (
        <li key={`${id} ${text}`} data-over={over}>
          <b>{name}:</b> {text}
        </li>
      ))}
    </ul>
  );
}
