import { useTranslation } from "react-i18next";
import { Tag } from "../../../components/Tag";
import type { PersonRow } from "../../../generated/PersonRow";
import { usePerson } from "../use-person";
import style from "./PersonFacts.module.css";

/** What tells two people of one name apart: birth date with age, sex, number, where they belong. */
export function PersonFacts({ person }: { person: PersonRow }) {
  const { t } = useTranslation();
  const words = usePerson();
  return (
    <span className={style["facts"]}>
      <span>{words.born(person)}</span>
      <span>{words.sex(person)}</span>
      {person.number && (
        <span>
          {words.numberWord(person.number_label)} <bdi className={style["number"]}>{person.number}</bdi>
        </span>
      )}
      {person.belongs && <span>{person.belongs}</span>}
      {person.inactive && <Tag kind="warn">{t("patients.inactive")}</Tag>}
    </span>
  );
}
