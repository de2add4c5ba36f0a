import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button, PrimaryButton } from "../../components/Button";
import { CompactSelect } from "../../components/CompactSelect";
import { DataTable, type Column as TableColumn } from "../../components/DataTable";
import { DateField } from "../../components/DateField";
import { SelectField, TextField } from "../../components/fields";
import { Row } from "../../components/Row";
import type { Column } from "../../generated/Column";
import type { DateOrder } from "../../generated/DateOrder";
import type { HeldList } from "../../generated/HeldList";
import type { LookingAt } from "../../generated/LookingAt";
import { useQueryOf } from "../../host/use-command";
import type { UnreadDate } from "../../i18n/unread-dates";
import { column_of } from "../../i18n/en/lists";
import style from "./lists.module.css";

interface ReadingFormProps {
  list: HeldList;
  /** The school year was refused as it was typed. */
  isYearRefused: boolean;
  onLook: (reading: LookingAt) => void;
  /** Goes on with a look that was stopped. */
  onGoOn: (() => void) | undefined;
}

const MEANINGS = Object.keys(column_of) as Column[];

type Shown = HeldList["columns"][number] & { at: number };

/** What the columns mean and what the list covers. Once it was looked at it folds. */
export function ReadingForm({ list, isYearRefused, onLook, onGoOn }: ReadingFormProps) {
  const { t } = useTranslation();
  const today = useQueryOf("status", {}).data?.today ?? "";
  const { coverage } = list;
  const [columns, setColumns] = useState(() => list.columns.map(({ means }) => means));
  const [dates, setDates] = useState<DateOrder>(list.dates);
  const [zeros, setZeros] = useState(list.zeros_lost === null ? "" : String(list.zeros_lost));
  const [year, setYear] = useState(coverage?.school_year ?? "");
  const [term, setTerm] = useState(coverage?.term ?? "");
  const [campus, setCampus] = useState(coverage?.campus ?? "");
  const [programmes, setProgrammes] = useState(coverage?.programmes.join("; ") ?? "");
  const [from, setFrom] = useState<string>(coverage?.from ?? "");
  const [unread, setUnread] = useState<UnreadDate | null>(null);
  const [lacks, setLacks] = useState(false);
  // The year that was sent: typed otherwise, it is not called wrong any more.
  const [sent, setSent] = useState("");
  const isWrong = isYearRefused && year === sent;
  const fields = useRef<HTMLDivElement>(null);
  const focusOn = (name: string) => fields.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus();
  useEffect(() => {
    if (isYearRefused) focusOn("school_year");
  }, [isYearRefused]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLacks(!year.trim());
    if (!year.trim()) return focusOn("school_year");
    if (unread) return focusOn("from");
    setSent(year);
    onLook({
      columns,
      dates,
      zeros_lost: zeros === "" ? null : zeros === "true",
      coverage: {
        school_year: year,
        term: term || null,
        campus: campus || null,
        programmes: programmes
          .split(";")
          .map((one) => one.trim())
          .filter((one) => one !== ""),
        from: from || null,
      },
    });
  };
  const mean = (at: number, means: Column | "") =>
    setColumns(
      // One column has one meaning: whatever had it before has none.
      columns.map((known, index) => (index === at ? means || null : known === means ? null : known)),
    );
  const heads: TableColumn<Shown>[] = [
    {
      head: t("lists.head.column"),
      show: ({ head, at }) => head || t("lists.column", { number: String(at + 1) }),
    },
    {
      head: t("lists.head.means"),
      show: ({ head, at }) => (
        <CompactSelect
          aria-label={t("lists.means_of", { column: head || t("lists.column", { number: String(at + 1) }) })}
          value={columns[at] ?? ""}
          onChange={(event) => mean(at, event.currentTarget.value as Column | "")}
        >
          <option value="">{t("lists.not_read")}</option>
          {MEANINGS.map((means) => (
            <option key={means} value={means}>
              {t(`lists.column_of.${means}`)}
            </option>
          ))}
        </CompactSelect>
      ),
    },
    { head: t("lists.head.samples"), show: ({ samples }) => samples.join(" · ") },
  ];
  const anew = list.stage !== "opened";
  const form = (
    <form className={style["reading"]} onSubmit={submit} noValidate>
      {list.remembered && !anew && <p role="status">{t("lists.remembered")}</p>}
      <div ref={fields} className={style["coverage"]}>
        <TextField
          label={t("lists.school_year")}
          name="school_year"
          value={year}
          onChange={setYear}
          error={isWrong ? t("lists.year_wrong") : lacks && !year.trim() ? t("lists.year_required") : null}
          required
          placeholder="2026-2027"
        />
        <TextField label={t("lists.term")} value={term} onChange={setTerm} />
        <DateField
          label={t("lists.from")}
          name="from"
          value={from}
          onChange={setFrom}
          onUnread={setUnread}
          today={today}
          span="any"
          hint={t("patients.day_hint")}
        />
        <TextField
          label={t("lists.campus")}
          value={campus}
          onChange={setCampus}
          hint={t("lists.campus_hint")}
        />
        <TextField
          label={t("lists.programmes")}
          value={programmes}
          onChange={setProgrammes}
          hint={t("lists.programmes_hint")}
        />
      </div>
      <DataTable<Shown>
        caption={t("lists.columns")}
        columns={heads}
        rows={list.columns.map((column, at) => ({ ...column, at }))}
        keyOf={({ at }) => String(at)}
        empty={null}
      />
      {list.more_columns > 0 && (
        <p className={style["quiet"]}>{t("lists.more_columns", { count: list.more_columns })}</p>
      )}
      <Row>
        <SelectField
          label={t("lists.dates")}
          value={dates}
          onChange={(order) => setDates(order as DateOrder)}
          options={(["day_first", "month_first"] as const).map((value) => ({
            value,
            label: t(`lists.date_order.${value}`),
          }))}
        />
        <SelectField
          label={t("lists.zeros")}
          value={zeros}
          onChange={setZeros}
          options={[
            { value: "", label: t("lists.zeros_ask") },
            { value: "true", label: t("lists.zeros_lost") },
            { value: "false", label: t("lists.zeros_kept") },
          ]}
        />
      </Row>
      <Acts>
        {anew ? (
          <Button type="submit">{t("lists.look_again")}</Button>
        ) : (
          <PrimaryButton type="submit">{t("lists.look")}</PrimaryButton>
        )}
        {onGoOn && <PrimaryButton onClick={onGoOn}>{t("lists.go_on")}</PrimaryButton>}
      </Acts>
    </form>
  );
  if (!anew) return form;
  return (
    <details className={style["fold"]}>
      <summary>{t("lists.how_read")}</summary>
      {form}
    </details>
  );
}
