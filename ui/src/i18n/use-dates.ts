import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ageOn } from "./age";
import { dateText } from "./dates";

/** Dates and ages as sentences of the shown language. */
export function useDates() {
  const { t } = useTranslation();
  return useMemo(() => {
    // The pseudo-locale brackets the list, so only the first twelve words of letters are taken.
    const months = t("date.months").replace(/[[\]]/g, "").split(" ").slice(0, 12);
    return {
      months,
      /** `14-Jul-1945`, or `~1945` for an estimate. */
      date: (date: string) => dateText(date, months),
      /** `81y`, `5d` or `~27y`; empty before birth. */
      age: (born: string, day: string) => {
        const age = ageOn(born, day);
        if (!age) return "";
        const text = t(`age.${age.unit}`, { count: age.count });
        return age.about ? t("age.about", { age: text }) : text;
      },
    };
  }, [t]);
}
