import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable";
import { Tag } from "../../components/Tag";
import type { NoteSetRow } from "../../generated/NoteSetRow";
import { useMay } from "../../host/session";
import { usePages } from "../../host/use-pages";
import { useDates } from "../../i18n/use-dates";
import { keyOfSet, setWord, systemWord } from "../../records/exam-words";
import { WrittenScreen } from "../../records/WrittenScreen";
import { NoteSetPane } from "./NoteSetPane";

/** For whom notes begin with a set; empty where for everybody. */
function agesOf(t: TFunction, { from_age: from, until_age: until }: NoteSetRow): string {
  if (from !== null && until !== null) return t("note_sets.ages", { from: `${from}`, until: `${until}` });
  if (from !== null) return t("note_sets.ages_from", { from: `${from}` });
  return until === null ? "" : t("note_sets.ages_until", { until: `${until}` });
}

/** Of the program, a draft, or a version of the clinic's own: since when and by whom it holds. */
function State({ row, rows }: { row: NoteSetRow; rows: readonly NoteSetRow[] }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { status, published_at, published_by } = row;
  const number = `${row.number ?? 1}`;
  if (status === null) return t("snippets.whose.shipped");
  const before = rows.find(({ id }) => id !== null && id === row.follows);
  if (status === "draft") {
    const draft = before
      ? t("note_sets.draft_of", { number: `${before.number ?? 1}` })
      : t("note_sets.draft");
    return <Tag kind="go">{draft}</Tag>;
  }
  const day = published_at && date(published_at.slice(0, 10));
  return (
    <>
      {day && published_by
        ? t("note_sets.version_by", { number, day, by: published_by })
        : t("note_sets.version", { number })}{" "}
      {row.apart && <Tag kind="warn">{t("note_sets.published_apart")}</Tag>}
    </>
  );
}

/** The sets of systems by which a note's examination begins: the clinic's own, and those that every clinic has. */
export function NoteSets() {
  const { t } = useTranslation();
  const mayWrite = useMay("template.edit");
  const known = usePages("note_sets", {}, (page) => page.rows, { whole: true });
  const columns: Column<NoteSetRow>[] = [
    { head: t("note_sets.name"), whole: true, show: ({ set }) => <b>{setWord(t, set)}</b> },
    {
      head: t("note_sets.kind"),
      whole: true,
      show: (row) =>
        [...row.kinds.map((kind) => t(`patients.visit_type.${kind}`)), agesOf(t, row)]
          .filter(Boolean)
          .join(", "),
    },
    {
      head: t("note_sets.systems"),
      show: ({ systems }) => systems.map(({ system }) => systemWord(t, system)).join(", "),
    },
    {
      head: t("note_sets.state"),
      show: (row) => <State row={row} rows={known.rows ?? []} />,
    },
  ];
  return (
    <WrittenScreen
      title={t("note_sets.title")}
      intro={t("note_sets.intro")}
      caption={t("note_sets.title")}
      add={t("note_sets.add")}
      none={null}
      mayWrite={mayWrite}
      known={known}
      columns={columns}
      keyOf={keyOfSet}
      pane={(props) => <NoteSetPane {...props} rows={known.rows ?? []} />}
    />
  );
}
