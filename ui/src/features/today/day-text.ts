import { useTranslation } from "react-i18next";
import { weekdayOf } from "../../i18n/dates";
import { useDates } from "../../i18n/use-dates";

/** `Sun, 22-Nov-2026`. */
export function useDayText(): (day: string) => string {
  const { t } = useTranslation();
  const { date } = useDates();
  // The pseudo-locale brackets the list.
  const days = t("date.weekdays").replace(/[[\]]/g, "").split(" ");
  return (day) => t("today.hello", { day: days[weekdayOf(day)] ?? "", date: date(day) });
}
