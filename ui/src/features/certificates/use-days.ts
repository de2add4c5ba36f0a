import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { weekdayOf } from "../../i18n/dates";
import { useDates } from "../../i18n/use-dates";
import type { Days } from "./types";

/** Days as a certificate says them: with their weekday, and counted. */
export function useDays() {
  const { t } = useTranslation();
  const { date, months } = useDates();
  return useMemo(() => {
    // The pseudo-locale brackets the list.
    const weekdays = t("date.weekdays").replace(/[[\]]/g, "").split(" ").slice(0, 7);
    const whole = (day: string) => /^\d{4}-\d{2}-\d{2}$/.test(day);
    /** `Sat 21-Nov-2026`; the date alone where the day is not known. */
    const written = (day: string) =>
      whole(day) ? `${weekdays[weekdayOf(day)] ?? ""} ${date(day)}`.trim() : date(day);
    return {
      months,
      weekdays,
      written,
      /** `3 days, 1 class day`; the days alone where no calendar tells which have classes. */
      counted: ({ count, class_days }: Days) => {
        const days = t("certificates.days", { count });
        if (class_days === null) return days;
        return t("certificates.counted", {
          days,
          classes: t("certificates.class_days", { count: class_days }),
        });
      },
      /** From and until in one line, or the one day. */
      stretch: (from: string | null | undefined, until: string | null | undefined) =>
        from && until && from !== until
          ? t("patients.from_until", { from: written(from), until: written(until) })
          : written(from ?? until ?? ""),
    };
  }, [t, date, months]);
}
