import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAdminPlaces } from "./admin-places";
import style from "./AdminTabs.module.css";

/** The screens of Admin that the person signed in may see. */
export function AdminTabs() {
  const { t } = useTranslation();
  const places = useAdminPlaces();
  return (
    <nav className={style["tabs"]} aria-label={t("place.admin")}>
      {places.map(({ to, title }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === "/admin" }}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
