import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ListChange } from "../../generated/ListChange";
import type { ListedPerson } from "../../generated/ListedPerson";
import { useDates } from "../../i18n/use-dates";
import { writtenName } from "../../i18n/written-name";
import style from "./lists.module.css";

/** What the list says otherwise, why a row cannot be read, or whom it is about. */
export function ChangedWords({ row }: { row: ListedPerson }) {
  const { t } = useTranslation();
  const { date } = useDates();
  if (row.why) {
    return (
      <>
        {t(`lists.why.${row.why}`)}
        {row.same_as !== null && ` ${t("lists.same_as", { line: String(row.same_as) })}`}
      </>
    );
  }
  if (row.changes.length > 0) {
    return (
      <ul className={style["changes"]}>
        {row.changes.map((change) => (
          <li key={change.what}>
            {t(change.here === null ? "lists.change_added" : "lists.change", {
              what: t(`lists.listed.${change.what}`),
              here: said(t, date, change, change.here ?? ""),
              list: said(t, date, change, change.list),
            })}
          </li>
        ))}
      </ul>
    );
  }
  const about = row.candidates.length > 0 ? row.candidates : row.person ? [row.person] : [];
  return (
    <>
      {about.map((person) => (
        <div key={person.id} className={style["person"]}>
          <bdi>{writtenName(person)}</bdi>{" "}
          <span>
            {person.birth_date && date(person.birth_date)} {person.birth_date && person.number && "·"}{" "}
            <bdi className={style["number"]}>{person.number}</bdi>
          </span>
        </div>
      ))}
      {row.same_as !== null && t("lists.same_as", { line: String(row.same_as) })}
    </>
  );
}

function said(t: TFunction, date: (date: string) => string, { what }: ListChange, value: string): string {
  if (what === "birth_date") return date(value);
  if (what === "status")
    return t(`record.enrolment.word.status.${value}` as "record.enrolment.word.status.left");
  return value;
}
