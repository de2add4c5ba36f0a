import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { TextButton } from "../../../components/TextButton";
import type { RecordId } from "../../../generated/RecordId";
import { useMay } from "../../../host/session";
import { mayWrite, type ClaimKind } from "../../../records/kind";
import { kindOf } from "../../../records/kinds";
import type { OnTask } from "../../../records/parts";
import { useClaims } from "../../../records/use-claims";
import { AllergyList } from "./AllergyList";
import { ClaimRows } from "./ClaimRows";
import style from "./claims.module.css";

interface ClaimCardProps {
  kind: ClaimKind;
  patient: RecordId;
  onTask: OnTask;
  /** When it was saved last while this chart was open. */
  saved?: string | undefined;
  /** Those that are over are shown too. */
  all?: boolean;
}

/** A card of one kind of claim, with the act that adds one. */
export function ClaimCard({ kind, patient, onTask, saved, all = false }: ClaimCardProps) {
  const { t } = useTranslation();
  const may = useMay(mayWrite(kind));
  return (
    <Card
      title={t(`record.${kind}.many`)}
      status={saved ?? ""}
      action={
        may && (
          <TextButton
            aria-label={`${t("patients.add_one")}: ${t(`record.${kind}.many`)}`}
            onClick={() => onTask({ of: kind, act: "add" })}
          >
            {t("patients.add_one")}
          </TextButton>
        )
      }
    >
      {kind === "allergy" ? (
        <AllergyList patient={patient} onTask={onTask} />
      ) : (
        <Listed kind={kind} patient={patient} onTask={onTask} all={all} />
      )}
    </Card>
  );
}

/** What is known of a kind, once it is. */
function Listed({ kind, patient, onTask, all }: Required<Omit<ClaimCardProps, "saved">>) {
  const { t } = useTranslation();
  const page = useClaims(kind, patient);
  if (page.error) return <RefusalNote refused={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <Skeleton lines={3} />;
  if (page.data.rows.length === 0) return <p className={style["said"]}>{t(`record.${kind}.none`)}</p>;
  const { most } = kindOf(kind);
  return (
    <ClaimRows
      kind={kind}
      patient={patient}
      page={page.data}
      onTask={onTask}
      all={all}
      most={all ? undefined : most}
    />
  );
}
