import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { comboAria, useHotkey } from "../components/hotkey";
import { Mark } from "../components/Mark";
import { usePlaces, type Place } from "./places";
import style from "./Rail.module.css";

/** The places of the person signed in, always at the left; each has its number as a key. */
export function Rail() {
  const { t } = useTranslation();
  const places = usePlaces();
  return (
    <nav className={style["rail"]} aria-label={t("app.rail")}>
      <Mark className={style["mark"]} />
      {places.map((place, at) => (
        <RailPlace key={place.to} place={place} combo={`alt+${at + 1}`} />
      ))}
    </nav>
  );
}

function RailPlace({ place, combo }: { place: Place; combo: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { to, name, icon: Icon, last } = place;
  useHotkey(combo, () => void navigate({ to }));
  return (
    <Link to={to} className={style["place"]} data-last={last ?? false} aria-keyshortcuts={comboAria(combo)}>
      <Icon size="1.25rem" stroke={1.6} aria-hidden="true" />
      <span>{t(`place.${name}`)}</span>
    </Link>
  );
}
