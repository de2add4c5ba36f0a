import { useTranslation } from "react-i18next";
import { DataTable, type Column } from "../../components/DataTable";
import type { FileRow } from "./run";
import { totals, type KindRow } from "./totals";
import { spoken } from "../../i18n/spoken";
import style from "./import.module.css";

/** What the files hold by kind: all of it is accounted for. */
export function Kinds({ files }: { files: readonly FileRow[] }) {
  const { t } = useTranslation();
  const said = (kind: string) => spoken(t, `import.kind.${kind}`, kind);
  const kinds = totals(files).kinds.sort((one, other) => said(one.kind).localeCompare(said(other.kind)));
  if (kinds.length === 0) return null;
  const figure = (head: string, count: (row: KindRow) => number): Column<KindRow> => ({
    head,
    show: (row) => count(row) > 0 && count(row).toLocaleString("en"),
    numeric: true,
  });
  const columns: Column<KindRow>[] = [
    {
      head: t("import.head.kind"),
      show: ({ kind }) => said(kind),
    },
    figure(t("import.head.stored"), ({ stored }) => stored),
    figure(t("import.head.already"), ({ known }) => known),
    figure(t("import.head.merged"), ({ merged }) => merged),
    figure(t("import.head.left_out"), ({ left }) => left),
    {
      head: t("import.head.why"),
      show: ({ why, cut }) => {
        const reasons = why.map(([reason, count]) =>
          why.length > 1
            ? t("import.why", { reason: t(`import.reason.${reason}`), times: String(count) })
            : t(`import.reason.${reason}`),
        );
        return [...reasons, ...(cut > 0 ? [t("import.cut", { count: cut })] : [])].join("; ");
      },
    },
  ];
  return (
    <section className={style["kinds"]}>
      <h2>{t("import.kinds")}</h2>
      <DataTable<KindRow>
        caption={t("import.kinds")}
        columns={columns}
        rows={kinds}
        keyOf={({ kind }) => kind}
        empty={null}
      />
    </section>
  );
}
