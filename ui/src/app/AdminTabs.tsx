import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../host/session";
import style from "./AdminTabs.module.css";

/** The screens of Admin that the person signed in may see. */
export function AdminTabs() {
  const { t } = useTranslation();
  const mayAudit = useMay("audit.read");
  const mayImport = useMay("import.run");
  const mayBackUp = useMay("backup.run");
  const mayCode = useMay("code.edit");
  return (
    <nav className={style["tabs"]} aria-label={t("place.admin")}>
      <Link to="/admin" activeOptions={{ exact: true }}>
        {t("staff.title")}
      </Link>
      <Link to="/admin/workstations">{t("workstations.title")}</Link>
      <Link to="/admin/clinic">{t("clinic.title")}</Link>
      <Link to="/admin/calendar">{t("calendar.title")}</Link>
      {mayCode && <Link to="/admin/codes">{t("codes.title")}</Link>}
      {mayAudit && <Link to="/admin/trail">{t("trail.title")}</Link>}
      {mayImport && <Link to="/admin/list">{t("lists.title")}</Link>}
      {mayImport && <Link to="/admin/import">{t("import.title")}</Link>}
      {mayBackUp && <Link to="/admin/backups">{t("backups.title")}</Link>}
      <Link to="/admin/health">{t("health.title")}</Link>
    </nav>
  );
}
