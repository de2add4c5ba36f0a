import { IconCheck } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { VisuallyHidden } from "@mantine/core";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DataTable, type Column } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { useBarred } from "../../forms/use-barred";
import type { FilledRow } from "../../generated/FilledRow";
import type { FormHead } from "../../generated/FormHead";
import { useZone } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { usePages } from "../../host/use-pages";
import { useWhenIn } from "../../i18n/use-when";
import type { TabProps } from "../../records/parts";
import { FilledCard } from "./FilledCard";
import { codeOf, useSaid } from "./say";
import style from "./forms.module.css";

/** What stands before the names of the forms of a room. */
export type Room = "eye" | "dental";
/** From this form spectacles are prescribed. */
const REFRACTION = "eye.refraction";
/** What has many numbers in a row stands in the wider column. */
const WIDE = ["eye.acuity", "eye.refraction", "eye.pupils", "eye.slit_lamp", "dental.visit"];

/** What is done with a room's forms beside filling them in. */
export interface RoomFormsProps extends TabProps {
  room: Room;
  /** Prescribes spectacles from a refraction, where the role may. */
  onPrescribe?: ((filled: string) => void) | undefined;
  /** What was prescribed, apart from what was measured. */
  prescribed?: ReactNode;
}

/** The forms of a room: which there are in this visit, the newest of each, and the earlier ones. */
export function RoomForms(props: RoomFormsProps) {
  const heads = useQueryOf("forms", {});
  const filled = usePages(
    "filled_forms",
    { patient: props.patient, visit: null, code: null },
    (page) => page.rows,
    { end: "after" },
  );
  if (heads.error) return <RefusalNote refused={heads.error} onRetry={() => void heads.refetch()} />;
  if (filled.error && !filled.rows) return <RefusalNote refused={filled.error} onRetry={filled.retry} />;
  if (!heads.data || !filled.rows) return <Skeleton lines={10} />;
  const ours = ({ form }: { form: string }) => form.startsWith(`${props.room}.`);
  return (
    <Shown {...props} heads={heads.data.forms.filter(ours)} rows={filled.rows.filter(ours)} filled={filled} />
  );
}

interface ShownProps extends RoomFormsProps {
  heads: readonly FormHead[];
  rows: readonly FilledRow[];
  filled: { more: boolean; fetching: boolean; fetchMore: () => void };
}

function Shown(props: ShownProps) {
  const { room, patient, task, onTask, heads, rows, filled, onPrescribe, prescribed } = props;
  const { t } = useTranslation();
  const said = useSaid();
  const fills = (form: string) => heads.some((head) => codeOf(head.form) === codeOf(form) && head.may_fill);
  const signs = (form: string) => heads.some((head) => codeOf(head.form) === codeOf(form) && head.may_sign);
  const mayFill = heads.some(({ may_fill }) => may_fill);
  const barred = useBarred();
  const visit = useQueryOf("banner", { patient }).data?.visit?.id ?? null;
  const inHand = task?.of === "form" && !task.act ? task.form : null;
  const fill = (form: string, of: string | null) =>
    onTask({ of: "form", form: codeOf(form), ...(of ? { visit: of } : {}) });
  const newest = new Map<string, FilledRow>();
  for (const row of rows) if (!newest.has(codeOf(row.form))) newest.set(codeOf(row.form), row);
  // Of the newest visit all of them: what two people measured stands beside each other.
  const shown = rows.filter((row) => {
    const latest = newest.get(codeOf(row.form));
    return row === latest || (row.visit !== null && row.visit === latest?.visit);
  });
  const earlier = rows.filter((row) => !shown.includes(row));
  const order = (row: FilledRow) => heads.findIndex(({ form }) => codeOf(form) === codeOf(row.form));
  const columns = [true, false].map((wide) =>
    shown
      .filter(({ form }) => WIDE.includes(codeOf(form)) === wide)
      .sort((one, other) => order(one) - order(other)),
  );
  const card = (row: FilledRow) => {
    // An older version of a form is not gone on with, nor one of no visit.
    const open = !row.signed && row.visit !== null && heads.some(({ form }) => form === row.form);
    return (
      <FilledCard
        key={row.id}
        patient={patient}
        row={row}
        {...(onPrescribe && codeOf(row.form) === REFRACTION && row.signed && !row.disputed
          ? { onPrescribe: () => onPrescribe(row.id) }
          : {})}
        {...(open && fills(row.form) ? { onGoOn: () => fill(row.form, row.visit) } : {})}
        {...(!row.signed && fills(row.form)
          ? { onWithdraw: () => onTask({ of: "form", act: "withdraw", filled: row.id }) }
          : {})}
        {...(row.signed && signs(row.form)
          ? {
              onAmend: () => onTask({ of: "form", act: "amend", filled: row.id }),
              onRetract: (addendum) => onTask({ of: "form", act: "retract", filled: row.id, addendum }),
            }
          : {})}
      />
    );
  };
  return (
    <div className={style["tab"]}>
      {mayFill && barred && <RefusalNote refused={barred} />}
      <div className={style["chips"]} role="group" aria-label={t("forms.of")}>
        {heads.map((head) => {
          const row =
            visit === null
              ? undefined
              : rows.find((each) => each.visit === visit && codeOf(each.form) === codeOf(head.form));
          const state = row ? (row.signed ? "signed" : "open") : "none";
          return (
            <button
              key={head.form}
              type="button"
              className={style["chip"]}
              data-state={state}
              aria-pressed={inHand === codeOf(head.form)}
              disabled={!head.may_fill || barred !== null}
              onClick={() => fill(head.form, visit)}
            >
              {state === "signed" && <IconCheck size="0.75rem" stroke={2.4} aria-hidden="true" />}
              {state === "open" && <i aria-hidden="true" />}
              {said(head.title)}
              {state !== "none" && <VisuallyHidden> ({t(`forms.tab.state.${state}`)})</VisuallyHidden>}
            </button>
          );
        })}
      </div>
      {shown.length === 0 && (
        <EmptyState text={t(mayFill ? `forms.tab.none.${room}` : `forms.tab.none_read.${room}`)} />
      )}
      <div className={style["cards"]}>
        {columns.map((column, at) => (
          <div key={at} className={style["column"]}>
            {column.map(card)}
          </div>
        ))}
      </div>
      {prescribed}
      {(earlier.length > 0 || filled.more) && <Earlier rows={earlier} filled={filled} card={card} />}
    </div>
  );
}

interface EarlierProps extends Pick<ShownProps, "rows" | "filled"> {
  card: (row: FilledRow) => ReactNode;
}

/** The forms before the newest, a line each; the one that is pressed stands whole below them. */
function Earlier({ rows, filled, card }: EarlierProps) {
  const [looked, setLooked] = useState<string | null>(null);
  const row = rows.find(({ id }) => id === looked);
  const { t } = useTranslation();
  const said = useSaid();
  const when = useWhenIn(useZone());
  const columns: Column<FilledRow>[] = [
    { head: t("forms.tab.column.day"), whole: true, show: ({ at }) => when(at) },
    { head: t("forms.tab.column.form"), whole: true, show: ({ title }) => said(title) },
    { head: t("forms.tab.column.says"), show: ({ line }) => line },
    { head: t("forms.tab.column.who"), show: ({ author }) => author ?? "" },
  ];
  return (
    <>
      <Card title={t("forms.tab.earlier")}>
        <DataTable
          caption={t("forms.tab.earlier")}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          onOpen={({ id }) => setLooked(id)}
          empty={null}
        />
        {filled.more && (
          <Button onClick={filled.fetchMore} loading={filled.fetching}>
            {t("forms.tab.more")}
          </Button>
        )}
      </Card>
      {row && card(row)}
    </>
  );
}
