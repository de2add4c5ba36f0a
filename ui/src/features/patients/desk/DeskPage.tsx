import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import type { RecordId } from "../../../generated/RecordId";
import { useQueryOf } from "../../../host/use-command";
import { Reach } from "./Reach";
import { VisitNow } from "./VisitNow";
import style from "./desk.module.css";

interface DeskPageProps {
  patient: RecordId;
  /** The way in for files, for who may add some. */
  files?: ReactNode;
  /** The person's certificates, for who may see them. */
  certificates?: ReactNode;
}

/** A person as the desk needs them: the visit of today, how to reach them, and their certificates. */
export function DeskPage({ patient, files, certificates }: DeskPageProps) {
  const { t } = useTranslation();
  const details = useQueryOf("patient", { patient });
  return (
    <div className={style["desk"]}>
      <div className={style["beside"]}>
        <VisitNow patient={patient} />
        {details.error && <RefusalNote refused={details.error} onRetry={() => void details.refetch()} />}
        {details.isPending && <Skeleton lines={6} />}
        {details.data && <Reach {...details.data} />}
      </div>
      {files}
      {certificates && <Card title={t("certificates.of_person")}>{certificates}</Card>}
    </div>
  );
}
