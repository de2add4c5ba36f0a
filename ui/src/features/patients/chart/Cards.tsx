import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import { useMay } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import { AllergyList } from "../claims/AllergyList";
import { ClaimCard } from "../claims/ClaimCard";
import { Alerts } from "./Alerts";
import type { Task } from "../../../forms/task";
import type { OnTask, TabName } from "../../../records/parts";
import { Vitals } from "./Vitals";

interface CardsProps {
  patient: RecordId;
  task: Task | null;
  onTask: OnTask;
  onTab: (tab: TabName) => void;
  /** Where something was saved while this chart was open, and the words that say so. */
  saved: { what: string; words: string } | null;
}

/** What matters now, beside what happened. */
export function Cards({ patient, task, onTask, onTab, saved }: CardsProps) {
  const { t } = useTranslation();
  const chart = useQueryOf("chart", { patient });
  const mayAllergy = useMay("allergy.edit");
  if (chart.error) return <RefusalNote refused={chart.error} onRetry={() => void chart.refetch()} />;
  if (!chart.data) {
    return (
      <Card title={t("patients.vitals")}>
        <Skeleton lines={6} />
      </Card>
    );
  }
  const { vitals, problems, medicines, immunisations } = chart.data;
  const told = (what: string) => (saved?.what === what ? saved.words : undefined);
  return (
    <>
      <Alerts patient={patient} chart={chart.data} task={task} onTask={onTask} onTab={onTab} />
      <Vitals vitals={vitals} onAll={() => onTab("vitals")} />
      <ClaimCard kind="problem" claims={problems} onTask={onTask} saved={told("problem")} />
      <ClaimCard kind="medicine" claims={medicines} onTask={onTask} saved={told("medicine")} />
      <Card
        title={t("patients.card.allergy")}
        status={told("allergy") ?? ""}
        action={
          mayAllergy && (
            <TextButton
              aria-label={`${t("patients.add_one")}: ${t("patients.card.allergy")}`}
              onClick={() => onTask({ of: "allergy", act: "add" })}
            >
              {t("patients.add_one")}
            </TextButton>
          )
        }
      >
        <AllergyList patient={patient} onTask={onTask} />
      </Card>
      <ClaimCard
        kind="immunisation"
        claims={immunisations}
        onTask={onTask}
        saved={told("immunisation")}
        most={3}
      />
    </>
  );
}
