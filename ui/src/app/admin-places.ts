import { useTranslation } from "react-i18next";
import type { Permission } from "../generated/Permission";
import { useMayDo } from "../host/session";
import { usePlaces } from "./places";

/** A screen of Admin. */
export interface AdminPlace {
  to:
    | "/admin"
    | "/admin/workstations"
    | "/admin/clinic"
    | "/admin/calendar"
    | "/admin/codes"
    | "/admin/trail"
    | "/admin/list"
    | "/admin/import"
    | "/admin/backups"
    | "/admin/health";
  title: string;
}

/** The screens of Admin that the person signed in may see; none where Admin is not theirs. */
export function useAdminPlaces(): readonly AdminPlace[] {
  const { t } = useTranslation();
  const may = useMayDo();
  const theirs = usePlaces().some(({ to }) => to === "/admin");
  const all: readonly (AdminPlace & { needs?: Permission })[] = [
    { to: "/admin", title: t("staff.title") },
    { to: "/admin/workstations", title: t("workstations.title") },
    { to: "/admin/clinic", title: t("clinic.title") },
    { to: "/admin/calendar", title: t("calendar.title") },
    { to: "/admin/codes", title: t("codes.title"), needs: "code.edit" },
    { to: "/admin/trail", title: t("trail.title"), needs: "audit.read" },
    { to: "/admin/list", title: t("lists.title"), needs: "import.run" },
    { to: "/admin/import", title: t("import.title"), needs: "import.run" },
    { to: "/admin/backups", title: t("backups.title"), needs: "backup.run" },
    { to: "/admin/health", title: t("health.title") },
  ];
  return theirs ? all.filter(({ needs }) => !needs || may(needs)) : [];
}
