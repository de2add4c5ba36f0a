import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DataTable, type Column } from "../../components/DataTable";
import { RefusalNote } from "../../components/RefusalNote";
import { Tabs } from "../../components/Tabs";
import { Tag } from "../../components/Tag";
import type { HeldList } from "../../generated/HeldList";
import type { ListedPerson } from "../../generated/ListedPerson";
import type { RecordId } from "../../generated/RecordId";
import type { RowChoice } from "../../generated/RowChoice";
import type { RowOutcome } from "../../generated/RowOutcome";
import { usePages } from "../../host/use-pages";
import { writtenName } from "../../i18n/written-name";
import { ChangedActs, type SettleAll } from "./ChangedActs";
import { Decision } from "./Decision";
import { ChangedWords } from "./ChangedWords";
import style from "./lists.module.css";

/** What asks for a person comes first. */
const ORDER = [
  "two_fit",
  "anothers_number",
  "bad",
  "changed",
  "left",
  "new",
  "returning",
] as const satisfies readonly RowOutcome[];

export type Settle = (row: number, choice: RowChoice | null, person: RecordId | null) => void;

interface OutcomesProps {
  list: HeldList;
  /** Nothing can be decided while the rows are taken in. */
  onSettle: Settle | null;
  onSettleAll: SettleAll | null;
}

/** The rows by what they come to, each outcome with its count. */
export function Outcomes({ list, onSettle, onSettleAll }: OutcomesProps) {
  const { t } = useTranslation();
  const id = useId();
  const count = (of: RowOutcome) => list.counts.find(({ outcome }) => outcome === of)?.all ?? 0;
  const there = ORDER.filter((outcome) => count(outcome) > 0);
  const [chosen, setChosen] = useState<RowOutcome | null>(null);
  const outcome = there.find((known) => known === chosen) ?? there[0];
  if (!outcome) return null;
  return (
    <section className={style["outcomes"]}>
      <Tabs
        label={t("lists.outcomes")}
        controls={id}
        value={outcome}
        onChange={setChosen}
        tabs={there.map((value) => ({
          value,
          label: t("lists.tab", { outcome: t(`lists.outcome.${value}`), count: count(value) }),
        }))}
      />
      <div id={id} role="tabpanel" aria-labelledby={`${id}-${outcome}`} className={style["rows"]}>
        <p className={style["quiet"]}>{t(`lists.means.${outcome}`)}</p>
        {outcome === "changed" && onSettleAll && <ChangedActs list={list} onSettle={onSettleAll} />}
        <Rows key={outcome} list={list} outcome={outcome} onSettle={onSettle} />
      </div>
    </section>
  );
}

interface RowsProps {
  list: HeldList;
  outcome: RowOutcome;
  onSettle: Settle | null;
}

function Rows({ list, outcome, onSettle }: RowsProps) {
  const { t } = useTranslation();
  const pages = usePages("list_rows", { list: list.id, outcome }, (page) => page.rows, { keepLast: true });
  if (pages.error) return <RefusalNote refused={pages.error} onRetry={pages.retry} />;
  if (!pages.rows) return null;
  const columns: Column<ListedPerson>[] = [
    { head: t("lists.head.line"), show: ({ line }) => line ?? "–", numeric: true },
    {
      head: t("lists.head.number"),
      show: ({ number }) => <bdi className={style["number"]}>{number}</bdi>,
      whole: true,
    },
    {
      head: t("lists.head.name"),
      show: ({ name, person }) => name || (person ? writtenName(person) : ""),
    },
    { head: t("lists.head.what"), show: (row) => <ChangedWords row={row} /> },
    {
      head: t("lists.head.decision"),
      show: (row) =>
        row.taken ? (
          <Tag kind="ok">{t("lists.taken")}</Tag>
        ) : (
          <Decision row={row} outcome={outcome} onSettle={onSettle} />
        ),
    },
  ];
  return (
    <>
      <DataTable<ListedPerson>
        caption={t(`lists.outcome.${outcome}`)}
        columns={columns}
        rows={pages.rows}
        keyOf={({ row }) => String(row)}
        empty={null}
      />
      {pages.more && (
        <Button onClick={pages.fetchMore} loading={pages.fetching}>
          {t("lists.more")}
        </Button>
      )}
    </>
  );
}
