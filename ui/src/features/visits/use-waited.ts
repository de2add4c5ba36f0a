import { useTranslation } from "react-i18next";

/** How long somebody has waited, in the words of a list. */
export function useWaited(): (minutes: number) => string {
  const { t } = useTranslation();
  return (minutes) => {
    // Nobody adds hours up: a visit that was left open is some days old.
    if (minutes >= 48 * 60) return t("visits.today.days", { count: Math.floor(minutes / (24 * 60)) });
    return minutes < 100
      ? t("visits.today.minutes", { count: minutes })
      : t("visits.today.hours", { hours: `${Math.floor(minutes / 60)}`, minutes: `${minutes % 60}` });
  };
}
