import { useTranslation } from "react-i18next";
import { Card } from "../../../components/Card";
import type { RecordId } from "../../../generated/RecordId";
import { useMay } from "../../../host/session";
import { useQueryOf } from "../../../host/use-command";
import style from "./desk.module.css";

/** The visit that somebody is in: why they came, how far it is, and who attends. */
export function VisitNow({ patient }: { patient: RecordId }) {
  const { t } = useTranslation();
  const mayStart = useMay("visit.edit");
  const open = useQueryOf("queue", {}).data?.rows.find(({ person }) => person.id === patient);
  const { visit, ticket, since, status, concern, kind, attending } = open ?? {};
  const rows = [
    ["ticket", ticket?.number],
    ["state", status && t(`patients.visit_status.${status}`)],
    ["since", since],
    ["kind", kind && t(`patients.visit_type.${kind}`)],
    ["concern", concern],
    ["attending", attending],
  ] as const;
  return (
    <Card title={t("patients.desk.visit")}>
      {visit === undefined ? (
        <p className={style["none"]}>
          {t(mayStart ? "patients.desk.no_visit_start" : "patients.desk.no_visit")}
        </p>
      ) : (
        <dl className={style["facts"]}>
          {rows.map(
            ([name, said]) =>
              said && (
                <div key={name}>
                  <dt>{t(`patients.desk.${name}`)}</dt>
                  <dd>{said}</dd>
                </div>
              ),
          )}
        </dl>
      )}
    </Card>
  );
}
