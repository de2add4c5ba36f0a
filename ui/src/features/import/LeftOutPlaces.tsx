import { useTranslation } from "react-i18next";
import { DataTable, type Column } from "../../components/DataTable";
import type { FileRow } from "./run";
import { totals, type LeftIn } from "./totals";
import style from "./import.module.css";

/** The most rows that are shown; the terminal tells more. */
const MOST = 50;

/** What is left out because something about it is wrong or over, each with its place. */
export function LeftOutPlaces({ files }: { files: readonly FileRow[] }) {
  const { t } = useTranslation();
  const { left } = totals(files);
  if (left.length === 0) return null;
  const columns: Column<LeftIn>[] = [
    { head: t("import.head.why"), show: ({ reason }) => t(`import.reason.${reason}`) },
    { head: t("import.head.file"), show: ({ file }) => file },
    { head: t("import.head.place"), show: ({ place }) => <span className={style["place"]}>{place}</span> },
  ];
  const rest = left.length - MOST;
  return (
    <section className={style["kinds"]}>
      <h2>{t("import.left_out")}</h2>
      <DataTable<LeftIn>
        caption={t("import.left_out")}
        columns={columns}
        rows={left.slice(0, MOST)}
        keyOf={({ place, reason, file }) => `${file} ${place} ${reason}`}
        empty={null}
      />
      {rest > 0 && <p className={style["quiet"]}>{t("import.left_more", { count: rest })}</p>}
    </section>
  );
}
