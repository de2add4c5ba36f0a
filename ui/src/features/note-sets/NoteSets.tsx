import { IconPlus } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../components/Button";
import { DataTable, type Column } from "../../components/DataTable";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Small } from "../../components/Small";
import { Tag } from "../../components/Tag";
import { tell } from "../../components/tell";
import { Workspace } from "../../components/Workspace";
import type { NoteSetRow } from "../../generated/NoteSetRow";
import { useMay } from "../../host/session";
import { usePages } from "../../host/use-pages";
import { useDates } from "../../i18n/use-dates";
import { setWord, systemWord } from "../../records/exam-words";
import { useWrittenTask } from "../../records/use-written-task";
import { NoteSetPane } from "./NoteSetPane";

const keyOf = ({ id, set }: NoteSetRow) => id ?? set;

/** For whom notes begin with a set; empty where for everybody. */
function agesOf(t: TFunction, { from_age: from, until_age: until }: NoteSetRow): string {
  if (from !== null && until !== null) return t("note_sets.ages", { from, until });
  if (from !== null) return t("note_sets.ages_from", { from });
  return until === null ? "" : t("note_sets.ages_until", { until });
}

/** Of the program, a draft, or a version of the clinic's own: since when and by whom it holds. */
function State({ row, rows }: { row: NoteSetRow; rows: readonly NoteSetRow[] }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { status, number, published_at, published_by } = row;
  if (status === null) return t("snippets.whose.shipped");
  const before = rows.find(({ id }) => id !== null && id === row.follows);
  if (status === "draft") {
    const draft = before ? t("note_sets.draft_of", { number: before.number }) : t("note_sets.draft");
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
  const { task, goTo, end, onTouched, question } = useWrittenTask();
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
  const done = (sentence: string) => {
    end();
    tell(sentence);
  };
  const pane = mayWrite && task !== null && known.rows && (
    <NoteSetPane
      key={task}
      row={known.rows.find((each) => keyOf(each) === task) ?? null}
      rows={known.rows}
      onTouched={onTouched}
      onClose={() => goTo(null)}
      onDone={done}
    />
  );
  return (
    <Workspace pane={pane}>
      {question}
      <Screen
        title={t("note_sets.title")}
        action={
          mayWrite &&
          task === null && (
            <PrimaryButton onClick={() => goTo("")} leftSection={<IconPlus size="1rem" stroke={1.8} />}>
              {t("note_sets.add")}
            </PrimaryButton>
          )
        }
      >
        <Small>{t("note_sets.intro")}</Small>
        {known.error && <RefusalNote refused={known.error} onRetry={known.retry} />}
        {!known.rows && !known.error && <Skeleton lines={6} />}
        {known.rows && (
          <DataTable<NoteSetRow>
            caption={t("note_sets.title")}
            columns={columns}
            rows={known.rows}
            keyOf={keyOf}
            {...(mayWrite ? { onOpen: (each: NoteSetRow) => goTo(keyOf(each)) } : {})}
            empty={null}
          />
        )}
      </Screen>
    </Workspace>
  );
}
