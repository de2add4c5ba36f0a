import { useTranslation } from "react-i18next";
import { spoken } from "../../i18n/spoken";

/** A role's word as people say it; one that this page does not know yet is shown as it came. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation();
  return (role) => spoken(t, `role.${role}`, role);
}
