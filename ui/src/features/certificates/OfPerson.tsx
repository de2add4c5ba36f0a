import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useColumns } from "./lists/use-columns";

interface OfPersonProps {
  patient: RecordId;
  onOpen: (certificate: RecordId) => void;
  onNew: () => void;
}

/** The certificates of one person, latest first. */
export function OfPerson({ patient, onOpen, onNew }: OfPersonProps) {
  const { t } = useTranslation();
  const mayDraft = useMay("certificate.draft");
  const own = useQueryOf("certificates_of", { patient });
  const columns = useColumns({ person: false });
  if (own.error) return <RefusalNote refused={own.error} onRetry={() => void own.refetch()} />;
  if (!own.data) return <Skeleton lines={6} />;
  return (
    <>
      <DataTable
        caption={t("certificates.of_person")}
        columns={columns}
        rows={own.data.rows}
        keyOf={(row) => row.id}
        onOpen={(row) => onOpen(row.id)}
        empty={
          <EmptyState
            text={t("certificates.none_of_patient")}
            action={mayDraft && <Button onClick={onNew}>{t("certificates.new")}</Button>}
          />
        }
      />
      {own.data.more !== undefined && <p>{t("certificates.more_of", { count: own.data.more })}</p>}
    </>
  );
}
