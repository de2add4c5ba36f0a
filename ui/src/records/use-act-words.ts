import { useTranslation } from "react-i18next";
import { useSession } from "../host/session";
import { spoken } from "../i18n/spoken";

/** What a measurement asks for, in words for the person signed in: a doctor calls no clinician. */
export function useActWords(): (act: string) => string {
  const { t } = useTranslation();
  const doctor = useSession()?.role === "doctor";
  return (act) =>
    act === "tell_clinician" && doctor ? t("vitals.see_to_it") : spoken(t, `vitals.act.${act}`, act);
}
