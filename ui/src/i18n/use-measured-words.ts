import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Measured } from "./measured";

/** Measurements as sentences of the shown language. */
export function useMeasuredWords() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      /** `BP 148/92`, `38.4 °C`, `pulse 96`: a vital sign as it is said in one breath with others. */
      brief: ({ sign, value, unit }: Measured) =>
        sign ? t(`patients.vital_brief.${sign}`, { value, unit }).trim() : value,
      /** What was measured. */
      name: ({ sign, name }: Measured) => (sign ? t(`patients.vital.${sign}`) : name),
    }),
    [t],
  );
}
