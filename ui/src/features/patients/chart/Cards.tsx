import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import type { RecordId } from "../../../generated/RecordId";
import { useQueryOf } from "../../../host/use-command";
import type { Task } from "../../../forms/task";
import { CLAIM_KINDS } from "../../../records/kinds";
import type { OnTask, TabName } from "../../../records/parts";
import { ClaimCard } from "../claims/ClaimCard";
import { Alerts } from "./Alerts";
import { Vitals } from "./Vitals";

interface CardsProps {
  patient: RecordId;
  task: Task | null;
  onTask: OnTask;
  onTab: (tab: TabName) => void;
  /** Where something was saved while this chart was open, and the words that say so. */
  saved: { what: string; words: string } | null;
}

/** What matters now, beside what happened; each card asks for its own. */
export function Cards({ patient, task, onTask, onTab, saved }: CardsProps) {
  const { t } = useTranslation();
  // The trail tells that the chart was opened, not which card was first.
  const chart = useQueryOf("chart", { patient, cards: false });
  if (chart.error) return <RefusalNote refused={chart.error} onRetry={() => void chart.refetch()} />;
  if (!chart.data) {
    return (
      <Card title={t("patients.vitals")}>
        <Skeleton lines={6} />
      </Card>
    );
  }
  return (
    <>
      <Alerts patient={patient} task={task} onTask={onTask} onTab={onTab} />
      <Vitals patient={patient} onAll={() => onTab("vitals")} />
      {CLAIM_KINDS.map((kind) => (
        <ClaimCard
          key={kind}
          kind={kind}
          patient={patient}
          onTask={onTask}
          saved={saved?.what === kind ? saved.words : undefined}
        />
      ))}
    </>
  );
}
