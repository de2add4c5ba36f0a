import { useTranslation } from "react-i18next";
import type { PersonRow } from "../../../generated/PersonRow";
import { useDates } from "../../../i18n/use-dates";
import { writtenName } from "../../../i18n/written-name";

/** A person in the words of a line. */
export function usePersonWords() {
  const { t } = useTranslation();
  const { date } = useDates();
  const name = (person: PersonRow) => writtenName(person) || t("patients.unnamed");
  const born = ({ birth_date }: PersonRow) => birth_date && date(birth_date);
  const sex = (person: PersonRow) => person.sex && t(`patients.sex.${person.sex}`);
  return {
    name,
    /** When they were born, and their sex. */
    facts: (person: PersonRow) => [born(person), sex(person)].filter(Boolean).join(" · "),
    /** All of it, as it is held against what a file says. */
    whole: (person: PersonRow) =>
      [name(person), born(person), sex(person), person.number].filter(Boolean).join(" · "),
  };
}
