import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PersonRow } from "../../generated/PersonRow";
import { useAge } from "../../i18n/use-age";
import { useDates } from "../../i18n/use-dates";
import { writtenName } from "./names";

/** The numbers that the window has its own word for; any other is called as its source calls it. */
const NUMBERS = ["student", "employee", "national", "insurance"] as const;

/** What is said of a person in one line, as sentences of the shown language. */
export function usePerson() {
  const { t } = useTranslation();
  const { date } = useDates();
  const age = useAge();
  return useMemo(() => {
    const numberWord = (label: string | null) => {
      const known = NUMBERS.find((each) => each === label);
      if (known) return t(`patients.number.${known}`);
      // A number from elsewhere may be named by an address that nobody reads.
      return !label || /^[a-z]+:/i.test(label) ? t("patients.number.other") : label;
    };
    return {
      name: (person: PersonRow) => writtenName(person) || t("patients.unnamed"),
      /** `14-Jul-1999 (27y)`; about, where the birth date is not exact. */
      born: (person: PersonRow) => {
        if (!person.birth_date) return t("patients.not_known");
        const told = age(person);
        return told ? `${date(person.birth_date)} (${told})` : date(person.birth_date);
      },
      sex: ({ sex }: PersonRow) => t(sex ? `patients.sex.${sex}` : "patients.sex_unknown"),
      numberWord,
    };
  }, [t, date, age]);
}
