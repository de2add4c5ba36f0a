import { useTranslation } from "react-i18next";
import { DataTable, type Column } from "../../components/DataTable";
import { Tag, type TagKind } from "../../components/Tag";
import type { FileRow } from "./run";
import { leftOut } from "./totals";
import { WhyNot } from "./WhyNot";
import style from "./import.module.css";

const COLOUR: { [state in FileRow["state"]]?: TagKind } = {
  looking: "go",
  taking: "go",
  taken: "ok",
  refused: "danger",
};

type Numbered = FileRow & { at: number };

/** The files in the order in which they were chosen. */
export function Files({ files }: { files: readonly FileRow[] }) {
  const { t } = useTranslation();
  const counted = (head: string, count: (file: FileRow) => number): Column<Numbered> => ({
    head,
    show: (file) => file.found && count(file).toLocaleString("en"),
    numeric: true,
  });
  const columns: Column<Numbered>[] = [
    { head: t("import.head.file"), show: ({ name }) => name },
    {
      head: t("import.head.people"),
      show: ({ found }) =>
        found && (
          <>
            {found.patients.toLocaleString("en")}
            {found.met_again > 0 && <div className={style["quiet"]}>{t("import.again")}</div>}
          </>
        ),
      numeric: true,
    },
    counted(t("import.head.fresh"), ({ found }) => found?.records ?? 0),
    counted(t("import.head.already"), ({ found }) => found?.already_here ?? 0),
    counted(t("import.head.left_out"), leftOut),
    {
      head: t("import.head.state"),
      show: ({ state, found, refused }) => (
        <>
          <span className={style["state"]}>
            <Tag kind={COLOUR[state] ?? "plain"}>
              {t(`import.state.${state === "fits" && found?.records === 0 ? "here" : state}`)}
            </Tag>
          </span>
          {refused && <WhyNot refused={refused} />}
        </>
      ),
    },
  ];
  return (
    <DataTable<Numbered>
      caption={t("import.files")}
      columns={columns}
      rows={files.map((file, at) => ({ ...file, at }))}
      keyOf={({ at }) => String(at)}
      empty={null}
    />
  );
}
