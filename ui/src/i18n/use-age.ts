import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { PersonRow } from "../generated/PersonRow";

/** `27y`; `~27y` where the birth date is not exact; empty where none is known. */
export function useAge() {
  const { t } = useTranslation();
  return useCallback(
    ({ birth_date, age }: Pick<PersonRow, "birth_date" | "age">) => {
      if (!age) return "";
      const text = t(`age.${age.unit}`, { count: age.count });
      return /^\d{4}-\d{2}-\d{2}$/.test(birth_date ?? "") ? text : t("age.about", { age: text });
    },
    [t],
  );
}
