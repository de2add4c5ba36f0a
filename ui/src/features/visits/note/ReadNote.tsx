import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { Button, PrimaryButton } from "../../../components/Button";
import { Pane } from "../../../components/Pane";
import { Tag } from "../../../components/Tag";
import { TextButton } from "../../../components/TextButton";
import type { NoteView } from "../../../generated/NoteView";
import { useMay, useZone } from "../../../host/session";
import { useWhenIn } from "../../../i18n/use-when";
import { Additions } from "../../../records/Additions";
import { systemWord } from "../../../records/exam-words";
import { NoteText } from "./NoteText";
import { OtherNotes } from "./OtherNotes";
import type { OnTask } from "../../../records/parts";
import { spoken } from "../../../i18n/spoken";
import style from "./note.module.css";

/** What ends the visit. */
export interface Complete {
  run: () => void;
  busy: boolean;
}

interface ReadNoteProps {
  note: NoteView;
  others: readonly NoteView[];
  /** How much more there is in this visit than found room. */
  more: number | undefined;
  onTask: OnTask;
  /** Begins another note in this visit; nothing where that cannot be. */
  onAnother: (() => void) | undefined;
  /** Ends the visit; null where that cannot be. */
  complete: Complete | null;
}

/** A note that is signed, or a colleague's: who wrote it and when, what it says, and what was added since. */
export function ReadNote({ note, others, more, onTask, onAnother, complete }: ReadNoteProps) {
  const { t } = useTranslation();
  const when = useWhenIn(useZone());
  const maySign = useMay("note.sign");
  const author = note.author ?? t("visits.note.nobody");
  const add = () => onTask({ of: "addendum", visit: note.visit, note: note.id });
  return (
    <Pane
      wide
      title={t("visits.note.title")}
      onClose={() => onTask(null)}
      status=""
      action={
        <Acts>
          {note.signed_at && maySign && (
            <Button shortcut="alt+A" onClick={add}>
              {t("visits.note.add")}
            </Button>
          )}
          {complete && (
            // Not by the key that signs: pressed twice it would end the visit.
            <PrimaryButton onClick={complete.run} loading={complete.busy}>
              {t("visits.step.completed")}
            </PrimaryButton>
          )}
        </Acts>
      }
    >
      <div className={style["signed"]} role="status">
        {note.signed_at ? (
          <>
            <Tag kind="ok">{t("visits.note.signed")}</Tag>
            <span>{t("visits.note.by", { author, when: when(note.signed_at) })}</span>
          </>
        ) : (
          <>
            <Tag>{t("visits.note.open")}</Tag>
            <span>{t("visits.note.not_signed", { author })}</span>
          </>
        )}
      </div>
      {note.mine && note.late.length > 0 && <Late note={note} onAdd={maySign ? add : undefined} />}
      <NoteText note={note.details} />
      <Additions
        addenda={note.addenda}
        onWithdraw={({ id: addendum }) =>
          onTask({ of: "addendum", act: "withdraw", note: note.id, addendum })
        }
      />
      <OtherNotes notes={others} more={more} onTask={onTask} />
      {onAnother && (
        <div>
          <TextButton onClick={onAnother}>{t("visits.note.another")}</TextButton>
        </div>
      )}
    </Pane>
  );
}

/** What another computer of the author changed before it knew of the signature; only they are told. */
function Late({ note, onAdd }: { note: NoteView; onAdd: (() => void) | undefined }) {
  const { t } = useTranslation();
  const word = (path: string) => {
    const [name = "", entry = ""] = path.split("/");
    if (name === "exam") return `${t("visits.note.exam")}: ${systemWord(t, entry)}`;
    const key = name === "diagnoses" ? "diagnosis" : name;
    return spoken(t, `visits.note.${key}`, name);
  };
  const names = note.late.map(({ field }) => word(field).toLocaleLowerCase());
  const fields = [...new Set(names)].join(", ");
  return (
    <section className={style["late"]} aria-label={t("visits.note.late")}>
      <p>
        <b>{t("visits.note.late")}</b>
      </p>
      <p>{t("visits.note.late_text", { fields })}</p>
      <dl className={style["text"]}>
        {note.late
          .filter(({ value }) => value !== "")
          .map(({ field, value }) => (
            <div key={field}>
              <dt>{word(field)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {onAdd && <TextButton onClick={onAdd}>{t("visits.note.late_act")}</TextButton>}
    </section>
  );
}
