import { useTranslation } from "react-i18next";
import { Card, CardList, CardRow } from "../../components/Card";
import { Small } from "../../components/Small";
import { TextButton } from "../../components/TextButton";
import type { Mouth } from "../../generated/Mouth";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useDates } from "../../i18n/use-dates";
import type { OnTask } from "../../records/parts";
import type { Numbers } from "./called";
import { findingLine, numbered, treatmentSaid } from "./say";

interface ClashesProps {
  patient: RecordId;
  mouth: Mouth;
  numbers: Numbers;
  onTask: OnTask;
}

/** What contradicts itself in a mouth: both stand until somebody withdraws one. */
export function Clashes({ mouth, numbers, onTask }: ClashesProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const mayChart = useMay("dental.chart");
  const mayPlan = useMay("dental.plan");
  if (mouth.clashes.length === 0) return null;
  const number = numbered(mouth.teeth, numbers);
  const withdraw = (what: string, onClick: () => void) => (
    <TextButton key={what} onClick={onClick}>
      {t("dental.clash.withdraw", { what })}
    </TextButton>
  );
  const dated = (what: string, on: string | null) => (on ? `${what} (${date(on)})` : what);
  return (
    <Card title={t("dental.clash.title")} alert>
      <CardList>
        {mouth.clashes.map(({ tooth, sort, findings, treatments }) => (
          <CardRow
            key={`${tooth} ${sort}`}
            small={
              <>
                {mayChart &&
                  findings.map((finding) =>
                    withdraw(dated(findingLine(t, finding, number), finding.on), () =>
                      onTask({ of: "mark", act: "withdraw", record: finding.id, tooth }),
                    ),
                  )}
                {mayPlan &&
                  treatments.map((treatment) =>
                    withdraw(dated(treatmentSaid(t, treatment), treatment.on ?? treatment.planned_on), () =>
                      onTask({ of: "treatment", act: "withdraw", record: treatment.id, tooth }),
                    ),
                  )}
              </>
            }
          >
            {t(`dental.clash.${sort}`, { tooth: number(tooth) })}
          </CardRow>
        ))}
      </CardList>
      {mouth.more_clashes > 0 && <Small>{t("dental.clash.more", { count: mouth.more_clashes })}</Small>}
    </Card>
  );
}
