import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import type { RecordId } from "../../../generated/RecordId";
import { useMay } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { ClaimRows } from "./ClaimRows";
import type { OnTask } from "../../../records/parts";
import { useClaims } from "../../../records/use-claims";
import style from "./claims.module.css";

interface AllergyListProps {
  patient: RecordId;
  onTask: OnTask;
  /** One can be added from here also where some are known. */
  adds?: boolean;
}

/** What is known of allergies, or what to do where nothing is: never nothing at all. */
export function AllergyList({ patient, onTask, adds = false }: AllergyListProps) {
  const { t } = useTranslation();
  const banner = useQueryOf("banner", { patient });
  const claims = useClaims("allergy", patient);
  const may = useMay("allergy.edit");
  const declare = useCommand("declare_no_allergies");
  const error = banner.error ?? claims.error;
  const known = claims.data;
  if (error && !known) return <RefusalNote refused={error} />;
  if (!banner.data || !known) return <Skeleton lines={2} />;
  const { allergies, version } = banner.data;
  const said = allergies.state === "known" ? null : t(`patients.allergies.${allergies.state}`);
  const ask = () => declare.mutate({ patient, version });
  return (
    <>
      {said && <p className={style["said"]}>{said}</p>}
      {declare.error && <RefusalNote refused={declare.error} />}
      {known.rows.length > 0 && <ClaimRows kind="allergy" patient={patient} page={known} onTask={onTask} />}
      {may && (said || adds) && (
        <div className={style["acts"]}>
          <Button onClick={() => onTask({ of: "allergy", act: "add" })}>{t("record.allergy.add")}</Button>
          {allergies.state === "not_recorded" && known.rows.length === 0 && (
            <Button onClick={ask} loading={declare.isPending}>
              {t("patients.none_known")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
