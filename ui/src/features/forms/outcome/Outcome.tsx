import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { Card } from "../../../components/Card";
import { CompactSelect } from "../../../components/CompactSelect";
import { EmptyState } from "../../../components/EmptyState";
import { RefusalNote } from "../../../components/RefusalNote";
import { Row } from "../../../components/Row";
import { Skeleton } from "../../../components/Skeleton";
import type { RecordId } from "../../../generated/RecordId";
import { useQueryOf } from "../../../host/use-command";
import { Drawing } from "../../../records/Drawing";
import { Compared } from "./Compared";
import { OutcomePaper } from "./OutcomePaper";
import { OutcomeTables } from "./OutcomeTables";
import style from "./outcome.module.css";

/** So many years until today, where there are readings of more. */
const SPANS = [1, 3];

/** What treatments did to the eyes: one measure over time with all that was done, before and after, also as a table. */
export function Outcome({ patient }: { patient: RecordId }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<string | null>(null);
  const [years, setYears] = useState<number | null>(null);
  const [about, setAbout] = useState<string | null>(null);
  const [asTable, setAsTable] = useState(false);
  const of = { patient, code, years, about };
  const { data, error, refetch } = useQueryOf("outcome", of, { keepLast: true });
  if (error) return <RefusalNote refused={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={10} />;
  if (data.code === null || !data.scene) return <EmptyState text={t("outcome.none")} />;
  const spans = SPANS.filter((span) => span < data.all_years);
  const aboutNow = data.about ?? "";
  return (
    <div className={style["outcome"]}>
      <Row>
        <Choice
          label={t("outcome.measure")}
          value={data.code}
          onChange={(next) => setCode(next)}
          options={data.lenses.map(({ code: value, title, count }) => ({
            value,
            label: t("outcome.lens", { title, count }),
          }))}
        />
        {spans.length > 0 && (
          <Choice
            label={t("outcome.span")}
            value={years === null ? "" : String(years)}
            onChange={(next) => setYears(next === "" ? null : Number(next))}
            options={[
              ...spans.map((span) => ({ value: String(span), label: t("outcome.years", { count: span }) })),
              { value: "", label: t("outcome.all_years", { count: data.all_years }) },
            ]}
          />
        )}
        {data.treatments.length > 0 && (
          <Choice
            label={t("outcome.before_and_after")}
            value={aboutNow}
            onChange={(next) => setAbout(next)}
            options={data.treatments.map(({ label }) => ({ value: label, label }))}
          />
        )}
      </Row>
      <Card>
        <div className={style["drawn"]}>
          <Drawing scene={data.scene} />
          {data.not_drawn > 0 && <p>{t("outcome.not_drawn", { count: data.not_drawn })}</p>}
        </div>
      </Card>
      {data.about === null ? (
        <p className={style["note"]}>{t("outcome.no_treatment")}</p>
      ) : (
        <Compared about={data.about} unit={data.unit} rows={data.rows} shortened={data.shortened} />
      )}
      <Row>
        <Button onClick={() => setAsTable(!asTable)} aria-expanded={asTable}>
          {t("outcome.table")}
        </Button>
        <OutcomePaper of={{ ...of, code: data.code, about: data.about }} />
        <span className={style["hint"]}>{t("outcome.counted", { count: data.readings })}</span>
      </Row>
      {asTable && <OutcomeTables patient={patient} code={data.code} />}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of several, with its label before it. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label className={style["choice"]}>
      {label}
      <CompactSelect value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </CompactSelect>
    </label>
  );
}
