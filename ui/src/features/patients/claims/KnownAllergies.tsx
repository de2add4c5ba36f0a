import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Allergies } from "../../../generated/Allergies";
import style from "./claims.module.css";

/** All allergies of a person, where a medicine is chosen for them. */
export function KnownAllergies({ allergies }: { allergies: Allergies }) {
  const { t } = useTranslation();
  if (allergies.state !== "known") return <>{t(`patients.allergies.${allergies.state}`)}</>;
  return (
    <span className={style["known"]}>
      <IconAlertTriangle size="0.875rem" stroke={2} aria-hidden="true" />
      <span>
        {t("patients.allergies.to")}{" "}
        {allergies.list.map(({ substance, reaction, severe }, at) => (
          <span key={at}>
            {at > 0 && ", "}
            {severe ? <b>{substance}</b> : substance}
            {reaction && ` (${reaction})`}
          </span>
        ))}
        {allergies.more !== undefined && ` ${t("patients.allergies.and_more", { count: allergies.more })}`}
      </span>
    </span>
  );
}
