import { useTranslation } from "react-i18next";
import { Card, CardList, CardRow } from "../../components/Card";
import { Small } from "../../components/Small";
import { TextButton } from "../../components/TextButton";
import type { ClashRow } from "../../generated/ClashRow";
import type { Mouth } from "../../generated/Mouth";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useDates } from "../../i18n/use-dates";
import type { OnTask } from "../../records/parts";
import type { Numbers } from "./called";
import { findingLine, numbered, treatedSaid, treatmentSaid } from "./say";

interface ClashesProps {
  patient: RecordId;
  mouth: Mouth;
  numbers: Numbers;
  onTask: OnTask;
}

/** What contradicts itself in a mouth: both stand until somebody withdraws one. */
export function Clashes({ mouth, numbers, onTask }: ClashesProps) {
  const { t } = useTranslation();
  if (mouth.clashes.length === 0) return null;
  const number = numbered(mouth.teeth, numbers);
  return (
    <Card title={t("dental.clash.title")} alert>
      <CardList>
        {mouth.clashes.map((clash) => (
          <CardRow
            key={`${clash.tooth} ${clash.sort}`}
            small={<Records clash={clash} number={number} onTask={onTask} />}
          >
            {t(`dental.clash.${clash.sort}`, { tooth: number(clash.tooth) })}
          </CardRow>
        ))}
      </CardList>
      {mouth.more_clashes > 0 && <Small>{t("dental.clash.more", { count: mouth.more_clashes })}</Small>}
    </Card>
  );
}

interface RecordsProps {
  clash: ClashRow;
  number: (tooth: string) => string;
  onTask: OnTask;
}

/** The records of one contradiction, each with when and by whom it was written: two may have found the same. */
function Records({ clash, number, onTask }: RecordsProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const mayChart = useMay("dental.chart");
  const mayPlan = useMay("dental.plan");
  const { tooth, findings, treatments, authors } = clash;
  const withdraw = (of: "mark" | "treatment", record: RecordId, what: string, on: string | null) => {
    const by = [on && date(on), authors[record]].filter(Boolean).join(", ");
    return (
      <TextButton key={record} onClick={() => onTask({ of, act: "withdraw", record, tooth })}>
        {t("dental.clash.withdraw", { what: by ? `${what} (${by})` : what })}
      </TextButton>
    );
  };
  return (
    <>
      {mayChart &&
        findings.map((finding) => withdraw("mark", finding.id, findingLine(t, finding, number), finding.on))}
      {mayPlan &&
        treatments.map((treatment) => {
          const what = [treatmentSaid(t, treatment), treatedSaid(treatment, number)].filter(Boolean);
          return withdraw("treatment", treatment.id, what.join(" · "), treatment.on ?? treatment.planned_on);
        })}
    </>
  );
}
