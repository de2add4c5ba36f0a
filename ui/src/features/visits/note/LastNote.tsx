import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import type { NoteView } from "../../../generated/NoteView";
import { useDates } from "../../../i18n/use-dates";
import { NoteText } from "./NoteText";
import style from "./note.module.css";

/** The last note before this visit, to be read beside the new one, and brought in by one key. */
export function LastNote({ note, onBring }: { note: NoteView; onBring: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const title = t("visits.exam.last", { day: date(note.signed_at?.slice(0, 10) ?? "") });
  return (
    <section className={style["others"]} aria-label={title}>
      <div className={style["last"]}>
        <h3>{title}</h3>
        {onBring && (
          <Button shortcut="alt+B" onClick={onBring}>
            {t("visits.exam.bring")}
          </Button>
        )}
      </div>
      <NoteText note={note.details} />
    </section>
  );
}
