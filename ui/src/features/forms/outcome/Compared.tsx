import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { DataTable, type Column } from "../../../components/DataTable";
import type { ComparedRow } from "../../../generated/ComparedRow";
import type { ReadingsLeftOut } from "../../../generated/ReadingsLeftOut";
import { useZone } from "../../../host/session";
import { useDates } from "../../../i18n/use-dates";
import { useWhenIn } from "../../../i18n/use-when";
import { trueMinus } from "../typed";
import { eyeWord, readingSaid } from "./say";
import style from "./outcome.module.css";

interface ComparedProps {
  /** The treatment, by its words. */
  about: string;
  unit: string;
  rows: readonly ComparedRow[];
  shortened: boolean;
}

/** What the readings say of a treatment, eye by eye; each that counts in no mean stands below with its reason. */
export function Compared({ about, unit, rows, shortened }: ComparedProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const mean = (said: ComparedRow["before"]) => said && trueMinus(said.number);
  const columns: Column<ComparedRow>[] = [
    { head: t("outcome.column.eye"), whole: true, show: ({ side }) => <b>{eyeWord(t, side)}</b> },
    { head: t("outcome.column.begun"), whole: true, show: ({ start }) => date(start) },
    { head: t("outcome.column.counted"), show: (row) => countedSaid(t, row) },
    { head: t("outcome.column.before"), numeric: true, show: ({ before }) => mean(before) },
    { head: t("outcome.column.after"), numeric: true, show: ({ after }) => mean(after) },
    {
      head: unit ? t("outcome.column.change_in", { unit }) : t("outcome.column.change"),
      numeric: true,
      show: ({ change }) => change && <b>{trueMinus(change)}</b>,
    },
  ];
  const told = rows.filter((row) => row.left_out.length > 0 || row.between.length > 0);
  return (
    <Card title={t("outcome.compared", { about })}>
      <DataTable
        caption={t("outcome.compared", { about })}
        columns={columns}
        rows={rows}
        keyOf={({ side, record, start }) => `${side ?? ""} ${record} ${start}`}
        empty={null}
      />
      {told.map((row) => (
        <div key={`${row.side ?? ""} ${row.record}`} className={style["told"]}>
          {row.left_out.map((left) => (
            <LeftOutOf key={left.why} eye={eyeWord(t, row.side)} left={left} />
          ))}
          {row.between.length > 0 && (
            <p>{t("outcome.between", { eye: eyeWord(t, row.side), what: row.between.join("; ") })}</p>
          )}
        </div>
      ))}
      {shortened && <p className={style["note"]}>{t("outcome.shortened")}</p>}
      <p className={style["note"]}>{t("outcome.rule")}</p>
      <p className={style["note"]}>{t("outcome.by_itself")}</p>
    </Card>
  );
}

/** Of how many readings the means are, or why there is nothing to compare. */
function countedSaid(t: TFunction, row: ComparedRow): string {
  const not = row.not.map((why) => t(`outcome.not.${why}`));
  if (not.length > 0) return not.join("; ");
  const said = t("outcome.readings_then", {
    before: String(row.before?.count ?? 0),
    after: String(row.after?.count ?? 0),
  });
  const open = (row.before?.open ?? 0) + (row.after?.open ?? 0);
  return open > 0 ? t("outcome.not_signed", { said, open: String(open) }) : said;
}

/** The readings that were left out for one reason: how many, and which where it is opened. */
function LeftOutOf({ eye, left }: { eye: string; left: ReadingsLeftOut }) {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  const more = left.count - left.rows.length;
  return (
    <details>
      <summary>{t(`outcome.left_out.${left.why}`, { eye, count: left.count })}</summary>
      <ul>
        {left.rows.map((row) => (
          <li key={`${row.record} ${row.entry}`}>
            {when(row.at)} · {readingSaid(row)}
          </li>
        ))}
        {more > 0 && <li>{t("outcome.more_left_out", { count: more })}</li>}
      </ul>
    </details>
  );
}
