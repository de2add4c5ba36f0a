import { useTranslation } from "react-i18next";
import type { Note } from "../../../generated/Note";
import { spoken } from "../../../i18n/spoken";
import { useDates } from "../../../i18n/use-dates";
import { ExamText } from "./ExamText";
import style from "./note.module.css";

/** What a note says, field by field in the order in which it is read; what was left empty is not there. */
export function NoteText({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const said = (name: "concern" | "history" | "treatment" | "plan" | "remarks") =>
    note[name] && (
      <div key={name}>
        <dt>
          {t(`visits.note.${name}`)}
          {note.brought?.[name]?.on && (
            <span className={style["small"]}>
              {" "}
              {t("visits.exam.brought_from", { day: date(note.brought[name].on) })}
            </span>
          )}
        </dt>
        <dd>{note[name]}</dd>
      </div>
    );
  const diagnoses = Object.entries(note.diagnoses ?? {}).sort(
    ([, one], [, other]) => Number(other.primary ?? false) - Number(one.primary ?? false),
  );
  return (
    <dl className={style["text"]}>
      {(["concern", "history"] as const).map(said)}
      <ExamText note={note} />
      {diagnoses.length > 0 && (
        <div>
          <dt>{t("visits.note.diagnosis")}</dt>
          {diagnoses.map(([id, { name, code, primary, certainty }]) => (
            <dd key={id}>
              <b>{name}</b>{" "}
              <span className={style["small"]}>
                {[
                  code,
                  primary && t("visits.diagnosis.primary").toLocaleLowerCase(),
                  certainty && spoken(t, `visits.diagnosis.certain.${certainty}`, certainty),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </dd>
          ))}
        </div>
      )}
      {(["treatment", "plan", "remarks"] as const).map(said)}
    </dl>
  );
}
