import { useTranslation } from "react-i18next";
import { DataTable, type Column } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Small } from "../../components/Small";
import { Tag } from "../../components/Tag";
import type { FindingRow } from "../../generated/FindingRow";
import type { Mouth } from "../../generated/Mouth";
import type { MouthRow } from "../../generated/MouthRow";
import type { TreatmentRow } from "../../generated/TreatmentRow";
import { useDates } from "../../i18n/use-dates";
import { surfacesSaid, TREATMENT_TAGS } from "../../records/kinds/dental";
import type { OnTask } from "../../records/parts";
import { choiceWord } from "../../records/words";
import type { Numbers } from "./called";
import { findingLine, findingSaid, numbered, treatedSaid, treatmentSaid } from "./say";
import style from "./dental.module.css";

interface RowsProps {
  mouth: Mouth;
  numbers: Numbers;
  onTask: OnTask;
  mayPlan: boolean;
  mayChart: boolean;
}

/** What is open and what is planned for it, in the order of the plan; below it who agreed to what. */
export function Rows({ mouth, numbers, onTask, mayPlan, mayChart }: RowsProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const number = numbered(mouth.teeth, numbers);
  const state = (treatment: TreatmentRow | null) => {
    if (!treatment?.status) return <Tag kind="warn">{t("dental.not_planned")}</Tag>;
    const ahead =
      treatment.status !== "done" && treatment.status !== "cancelled" && treatment.status !== "failed";
    if (ahead && !treatment.agreed && mouth.guarded)
      return <Tag kind="warn">{t("dental.guardian_to_agree")}</Tag>;
    if (ahead && !treatment.agreed && treatment.loses) return <Tag kind="warn">{t("dental.to_agree")}</Tag>;
    return (
      <Tag kind={TREATMENT_TAGS[treatment.status]}>
        {choiceWord(t, "procedure", "status", treatment.status)}
      </Tag>
    );
  };
  // What a treatment treats is shown by its own teeth and surfaces, where it says any.
  const placesOf = ({ findings, treatment }: MouthRow) => {
    const treated = treatment?.teeth ?? [];
    if (treated.length === 0) return findings;
    return treated.map((place) => {
      const found = findings.find(({ tooth }) => tooth === place.tooth);
      return { ...place, surfaces: place.surfaces ?? found?.surfaces ?? null };
    });
  };
  const foundOf = (row: MouthRow) => {
    const places = placesOf(row);
    const line = (finding: FindingRow) => {
      if (places.length > 1) return findingLine(t, finding, number);
      const surfaces = places[0]?.surfaces === finding.surfaces ? null : finding.surfaces;
      return [findingSaid(t, finding), surfacesSaid(finding.tooth, surfaces)].filter(Boolean).join(" ");
    };
    return row.findings
      .map((finding) => [line(finding), finding.text].filter(Boolean).join(" · "))
      .join("; ");
  };
  const columns: Column<MouthRow>[] = [
    {
      head: t("dental.column.tooth"),
      whole: true,
      show: (row) => (
        <b>
          {placesOf(row)
            .map(({ tooth }) => number(tooth))
            .join(", ")}
        </b>
      ),
    },
    {
      head: t("dental.column.surface"),
      whole: true,
      show: (row) => {
        const all = placesOf(row).map(({ tooth, surfaces }) => surfacesSaid(tooth, surfaces));
        return all.some(Boolean) ? all.map((each) => each || "–").join(", ") : "";
      },
    },
    { head: t("dental.column.finding"), show: foundOf },
    {
      head: t("dental.column.treatment"),
      show: ({ treatment }) =>
        treatment && [treatmentSaid(t, treatment), treatment.text].filter(Boolean).join(" · "),
    },
    { head: t("dental.column.phase"), numeric: true, show: ({ treatment }) => treatment?.phase ?? "" },
    { head: t("dental.column.order"), numeric: true, show: ({ treatment }) => treatment?.plan_order ?? "" },
    { head: t("dental.column.fee"), numeric: true, show: ({ treatment }) => treatment?.fee ?? "" },
    { head: t("dental.column.state"), whole: true, show: ({ treatment }) => state(treatment) },
  ];
  const opens = (row: MouthRow) => {
    const [finding] = row.findings;
    if (row.treatment && mayPlan) onTask({ of: "treatment", act: "step", record: row.treatment.id });
    else if (finding && mayChart)
      onTask({ of: "mark", act: "edit", record: finding.id, tooth: finding.tooth });
  };
  const agreed = agreements(mouth.rows, number);
  return (
    <>
      <DataTable
        caption={t("dental.open")}
        columns={columns}
        rows={mouth.rows}
        keyOf={({ findings, treatment }) => treatment?.id ?? findings[0]?.id ?? ""}
        {...(mayPlan || mayChart ? { onOpen: opens } : {})}
        empty={<EmptyState text={t("dental.none_open")} />}
      />
      {mouth.more > 0 && <Small>{t("dental.more_rows", { count: mouth.more })}</Small>}
      {agreed.map(({ name, on, teeth }) => (
        <p key={`${name} ${on}`} className={style["agreed"]}>
          ✓ {t("dental.agreed", { name, teeth: teeth || t("dental.whole_mouth"), date: date(on) })}
        </p>
      ))}
    </>
  );
}

/** Who agreed on which day to the treatment of which teeth. */
function agreements(rows: readonly MouthRow[], number: (tooth: string) => string) {
  const all = new Map<string, { name: string; on: string; teeth: string }>();
  for (const { treatment } of rows) {
    const { agreed_by: name, agreed_on: on } = treatment ?? {};
    if (!treatment || !name || !on || !treatment.agreed) continue;
    const before = all.get(`${name} ${on}`);
    const teeth = [before?.teeth, treatedSaid(treatment, number)].filter(Boolean).join(", ");
    all.set(`${name} ${on}`, { name, on, teeth });
  }
  return [...all.values()];
}
