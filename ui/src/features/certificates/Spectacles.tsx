import { useTranslation } from "react-i18next";
import { Card } from "../../components/Card";
import { DataTable, type Column } from "../../components/DataTable";
import { RefusalNote } from "../../components/RefusalNote";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useDates } from "../../i18n/use-dates";
import { StatusTag } from "./Steps";
import type { Row } from "./types";

interface SpectaclesProps {
  patient: RecordId;
  onOpen: (certificate: RecordId) => void;
}

/** What was prescribed for somebody's eyes, latest first: apart from what was measured. */
export function Spectacles({ patient, onOpen }: SpectaclesProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const mayRead = useMay("certificate.print");
  const own = useQueryOf("certificates_of", { patient }, { enabled: mayRead });
  const rows = (own.data?.rows ?? []).filter(({ lenses }) => lenses);
  if (own.error) return <RefusalNote refused={own.error} onRetry={() => void own.refetch()} />;
  if (rows.length === 0) return null;
  const columns: Column<Row>[] = [
    {
      head: t("certificates.prescribed.what"),
      show: ({ lenses }) => (lenses ?? "").split("\n").map((eye) => <div key={eye}>{eye}</div>),
    },
    { head: t("certificates.prescribed.day"), whole: true, show: ({ day }) => date(day) },
    { head: t("certificates.prescribed.by"), show: ({ signer, author }) => signer ?? author ?? "" },
    {
      head: t("certificates.column.state"),
      whole: true,
      show: ({ status }) => <StatusTag status={status} />,
    },
  ];
  return (
    <Card title={t("certificates.prescribed.title")}>
      <DataTable
        caption={t("certificates.prescribed.title")}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        onOpen={({ id }) => onOpen(id)}
        empty={null}
      />
    </Card>
  );
}
