import { useTranslation } from "react-i18next";
import { Small } from "../../../components/Small";
import { TextButton } from "../../../components/TextButton";
import type { NoteView } from "../../../generated/NoteView";
import { useZone } from "../../../host/session";
import { useWhenIn } from "../../../i18n/use-when";
import type { OnTask } from "../../../records/parts";
import style from "./note.module.css";

interface OtherNotesProps {
  notes: readonly NoteView[];
  /** How much more there is in the visit than found room. */
  more: number | undefined;
  onTask: OnTask;
}

/** The other notes of a visit, each with its author, its state and the way to it. */
export function OtherNotes({ notes, more, onTask }: OtherNotesProps) {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  if (notes.length === 0 && !more) return null;
  return (
    <section className={style["others"]} aria-label={t("visits.note.others")}>
      <h3>{t("visits.note.others")}</h3>
      <ul>
        {notes.map((note) => {
          const author = note.author ?? t("visits.note.nobody");
          const said = note.signed_at
            ? t("visits.note.by", { author, when: when(note.signed_at) })
            : t("visits.note.by_open", { author });
          return (
            <li key={note.id}>
              <span>{said}</span>
              <TextButton
                aria-label={`${t("visits.note.read")}: ${said}`}
                onClick={() => onTask({ of: "note", visit: note.visit, note: note.id })}
              >
                {t("visits.note.read")}
              </TextButton>
            </li>
          );
        })}
      </ul>
      {Boolean(more) && <Small>{t("visits.note.more", { count: more })}</Small>}
    </section>
  );
}
