import { useTranslation } from "react-i18next";
import type { Note } from "../../../generated/Note";
import { inOrder } from "./exam";
import { systemWord } from "../../../records/exam-words";
import style from "./note.module.css";

/** What a note says of the examination: system by system from head to foot, and who was not looked at in one line. */
export function ExamText({ note: { exam, examination } }: { note: Note }) {
  const { t } = useTranslation();
  const systems = inOrder(Object.keys(exam ?? {}));
  const left = systems.filter((system) => (exam?.[system]?.finding ?? "not_examined") === "not_examined");
  if (systems.length === 0 && !examination) return null;
  return (
    <div>
      <dt>{t("visits.note.examination")}</dt>
      {systems
        .filter((system) => !left.includes(system))
        .map((system) => {
          const { finding, text } = exam?.[system] ?? {};
          return (
            <dd key={system}>
              <span className={style["system"]}>{systemWord(t, system)}</span>{" "}
              {finding === "finding" && <b className={style["found"]}>{t("visits.exam.finding")}</b>}{" "}
              {text ?? t("visits.exam.normal")}
            </dd>
          );
        })}
      {left.length > 0 && (
        <dd className={style["left"]}>
          {t("visits.exam.not_examined_of", {
            systems: left.map((system) => systemWord(t, system).toLocaleLowerCase()).join(", "),
          })}
        </dd>
      )}
      {examination && <dd>{examination}</dd>}
    </div>
  );
}
