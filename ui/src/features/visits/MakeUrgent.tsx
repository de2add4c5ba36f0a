import { useTranslation } from "react-i18next";
import { TextButton } from "../../components/TextButton";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useUrgency } from "./use-urgency";

/** Offers to call somebody first whose sign is critical, as long as they wait and nobody has said so. */
export function MakeUrgent({ patient, why }: { patient: RecordId; why: string }) {
  const { t } = useTranslation();
  const may = useMay("visit.edit");
  const visit = useQueryOf("banner", { patient }).data?.visit;
  const { step, busy } = useUrgency();
  const waits = visit && visit.status !== "in_progress" && (visit.urgency ?? "ordinary") === "ordinary";
  if (!may || !waits) return null;
  const make = () => !busy && step({ visit: visit.id, version: visit.version, now: visit.urgency, why });
  return <TextButton onClick={make}>{t("queue.make_urgent")}</TextButton>;
}
