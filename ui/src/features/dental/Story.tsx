import { useTranslation } from "react-i18next";
import { RefusalNote } from "../../components/RefusalNote";
import { Skeleton } from "../../components/Skeleton";
import { Small } from "../../components/Small";
import { TextButton } from "../../components/TextButton";
import type { RecordId } from "../../generated/RecordId";
import type { Tooth } from "../../generated/Tooth";
import type { ToothLine } from "../../generated/ToothLine";
import type { ToothShown } from "../../generated/ToothShown";
import type { Task } from "../../forms/task";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { useDates } from "../../i18n/use-dates";
import { surfacesSaid } from "../../records/kinds/dental";
import type { OnTask } from "../../records/parts";
import { choiceWord } from "../../records/words";
import type { Numbers } from "./called";
import { findingSaid, numbered, treatmentSaid } from "./say";
import style from "./dental.module.css";

interface StoryProps {
  patient: RecordId;
  tooth: Tooth;
  teeth: readonly ToothShown[];
  numbers: Numbers;
  onTask: OnTask;
  /** Whether this person may change what is written. */
  writes: boolean;
}

/** What was ever written about one tooth, the latest first; each line opens what can be done about it. */
export function Story({ patient, tooth, teeth, numbers, onTask, writes }: StoryProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const mayPlan = useMay("dental.plan");
  const story = useQueryOf("tooth", { patient, tooth }, { keepLast: true });
  const number = numbered(teeth, numbers)(tooth);
  const said = ({ says }: ToothLine): string => {
    if (says.kind === "looked") return t(`dental.looked.${says.details.list as "sound"}`);
    if (says.kind === "found") {
      const { details } = says;
      const ended = details.ended ? ` (${t("dental.ended", { date: date(details.ended) })})` : "";
      return `${[findingSaid(t, details), surfacesSaid(tooth, details.surfaces)].filter(Boolean).join(" ")}${ended}`;
    }
    const { status } = says.details;
    return [treatmentSaid(t, says.details), status && choiceWord(t, "procedure", "status", status)]
      .filter(Boolean)
      .join(", ");
  };
  const opens = ({ says }: ToothLine): Task | null => {
    const record = says.details.id;
    if (says.kind === "treated") {
      return mayPlan ? { of: "treatment", act: "withdraw", record, tooth } : null;
    }
    if (!writes) return null;
    return says.kind === "found"
      ? { of: "mark", act: "edit", record, tooth }
      : { of: "exam", act: "withdraw", record, tooth };
  };
  return (
    <section aria-label={t("dental.entry.story", { number })} className={style["story"]}>
      <h3>{t("dental.entry.story", { number })}</h3>
      {story.error && <RefusalNote refused={story.error} onRetry={() => void story.refetch()} />}
      {story.isPending && <Skeleton lines={3} />}
      {story.data?.rows.length === 0 && <Small>{t("dental.entry.story_none")}</Small>}
      <ul>
        {story.data?.rows.map((line) => {
          const task = opens(line);
          return (
            <li key={line.says.details.id}>
              <time>{line.on ? date(line.on) : t("patients.undated")}</time>
              <span>
                {task ? <TextButton onClick={() => onTask(task)}>{said(line)}</TextButton> : said(line)}
                {line.author && <span className={style["author"]}> · {line.author}</span>}
              </span>
            </li>
          );
        })}
      </ul>
      {story.data?.more && <Small>{t("dental.entry.story_more")}</Small>}
    </section>
  );
}
