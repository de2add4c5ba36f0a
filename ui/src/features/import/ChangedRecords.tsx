import { useTranslation } from "react-i18next";
import { DataTable, type Column } from "../../components/DataTable";
import { kindWord } from "../../records/words";
import type { FileRow } from "./run";
import { totals, type ChangedIn } from "./totals";
import style from "./import.module.css";

/** The most rows that are shown; the terminal tells all. */
const MOST = 50;

/** Which records the other system has changed since, because somebody has to look at each. */
export function ChangedRecords({ files }: { files: readonly FileRow[] }) {
  const { t } = useTranslation();
  const { changed } = totals(files);
  if (changed.length === 0) return null;
  const columns: Column<ChangedIn>[] = [
    {
      head: t("import.head.record"),
      show: ({ kind }) => kindWord(t, kind),
    },
    { head: t("import.head.file"), show: ({ file }) => file },
    { head: t("import.head.place"), show: ({ place }) => <span className={style["place"]}>{place}</span> },
  ];
  const rest = changed.length - MOST;
  return (
    <section className={style["kinds"]}>
      <h2>{t("import.changed_records")}</h2>
      <DataTable<ChangedIn>
        caption={t("import.changed_records")}
        columns={columns}
        rows={changed.slice(0, MOST)}
        keyOf={({ record, file }) => `${file} ${record}`}
        empty={null}
      />
      {rest > 0 && <p className={style["quiet"]}>{t("import.changed_more", { count: rest })}</p>}
    </section>
  );
}
