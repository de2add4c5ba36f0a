import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { TextField } from "../../components/fields";
import { TextButton } from "../../components/TextButton";
import { entryId } from "../../host/entry-id";
import { useZone } from "../../host/session";
import { useClock } from "../../i18n/use-clock";
import { troubleOf, type ListName, type Row } from "./calendar-form";
import style from "./Calendar.module.css";

interface StretchesProps {
  list: ListName;
  rows: readonly Row[];
  /** What is wrong is told. */
  told: boolean;
  readOnly: boolean;
  onChange: (rows: Row[]) => void;
}

/** Stretches of days, each with its name, its first day and its last. */
export function Stretches({ list, rows, told, readOnly, onChange }: StretchesProps) {
  const { t } = useTranslation();
  const today = useClock(useZone()).day;
  const set = (id: string, changed: Partial<Row>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...changed } : row)));
  return (
    <div className={style["list"]}>
      {rows.length === 0 && <p className={style["none"]}>{t("calendar.none")}</p>}
      {rows.map((row) => {
        const trouble = told ? troubleOf(row) : null;
        const words = trouble && t(`calendar.${trouble}`);
        const day = (name: "from" | "until") => ({
          label: t(`calendar.${name}`),
          value: row[name],
          onChange: (value: string) => set(row.id, { [name]: value }),
          today,
          span: "any" as const,
          hint: t("calendar.day_hint"),
          readOnly,
        });
        return (
          <div
            key={row.id}
            className={style["row"]}
            role="group"
            aria-label={row.name || t("calendar.unnamed")}
          >
            <TextField
              label={t("calendar.name")}
              value={row.name}
              onChange={(name) => set(row.id, { name })}
              error={trouble === "unnamed_one" ? words : null}
              readOnly={readOnly}
              autoComplete="off"
            />
            <DateField {...day("from")} error={trouble === "no_days" ? words : null} />
            <DateField {...day("until")} error={trouble === "turned" ? words : null} />
            {!readOnly && (
              <TextButton onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}>
                {t("calendar.remove")}
              </TextButton>
            )}
          </div>
        );
      })}
      {!readOnly && (
        <div>
          <Button onClick={() => onChange([...rows, { id: entryId(), name: "", from: "", until: "" }])}>
            {t(`calendar.add_${list}`)}
          </Button>
        </div>
      )}
    </div>
  );
}
