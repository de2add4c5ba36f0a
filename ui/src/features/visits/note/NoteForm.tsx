import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../../components/Button";
import { TextArea } from "../../../components/fields";
import { useHotkey } from "../../../components/hotkey";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import type { Kept } from "../../../generated/Kept";
import type { NoteText } from "../../../generated/NoteText";
import type { NoteView } from "../../../generated/NoteView";
import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";
import { useMay, useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useLeft } from "../../../host/use-left";
import { useScratch } from "../../../host/use-scratch";
import { useSince } from "../../../host/use-since";
import { useThrowAway } from "../../../host/use-throw-away";
import { useClock } from "../../../i18n/use-clock";
import { taskName } from "../../../forms/task";
import type { OnTask } from "../../../records/parts";
import { Diagnoses } from "./Diagnoses";
import { readDiagnosis } from "./diagnosis";
import { draftText, sameNote, textOf, typingOf, type NoteDraft, type TextName } from "./draft";
import { NoteText as ReadText } from "./NoteText";
import { OtherNotes } from "./OtherNotes";
import style from "./note.module.css";

/** The fields above and below the diagnoses, with the lines they begin with. */
const ABOVE: readonly [TextName, number][] = [
  ["concern", 2],
  ["history", 1],
  ["examination", 2],
];
const BELOW: readonly [TextName, number][] = [
  ["treatment", 1],
  ["plan", 2],
  ["remarks", 1],
];

interface NoteFormProps {
  patient: RecordId;
  visit: RecordId;
  draft: NoteDraft;
  /** When the draft was typed that was left here, in milliseconds since 1970; null for none. */
  left: number | null;
  /** What the open note says that the typing did not know of, to be read beside it. */
  stands: NoteText | null;
  /** What others wrote in this visit. */
  others: readonly NoteView[];
  onTask: OnTask;
  onSigned: () => void;
}

/** Writes a note: kept while it is typed, saved open for colleagues to see, or signed. */
export function NoteForm(props: NoteFormProps) {
  const { patient, visit, draft, left, others, onTask, onSigned } = props;
  const { t } = useTranslation();
  const zone = useZone();
  const { time } = useClock(zone);
  // What was seen when the form was opened: a change that came meanwhile must not pass for seen.
  const [seen, setSeen] = useState(() => ({
    note: draft.note,
    version: draft.version,
    before: draft.before,
  }));
  const [typing, setTyping] = useState(draft.typing);
  const [errors, setErrors] = useState<Partial<Record<TextName | "diagnoses", string>>>({});
  const [saved, setSaved] = useState<string | null>(null);
  const [stands, setStands] = useState(props.stands);
  const save = useCommand("save_note");
  const sign = useCommand("sign_note");
  const maySign = useMay("note.sign");
  const details = textOf(typing);
  const touched = !sameNote(details, seen.before);
  const subject = taskName({ of: "note", visit });
  const since = useSince(left, touched);
  const scratch = useScratch(
    patient,
    subject,
    draftText({ ...seen, typing }),
    touched,
    left !== null,
    sign.isPending,
  );
  // The reason for a withdrawal that was begun: what is signed is not withdrawn.
  const withdrawal = { of: "withdraw", visit, note: seen.note ?? "" } as const;
  const reason = taskName(withdrawal);
  const stays = useThrowAway(patient, reason, useLeft(patient, reason));
  const fields = useRef<HTMLDivElement>(null);
  const focusOn = (name: string) =>
    fields.current?.querySelector<HTMLElement>(`[name^="${CSS.escape(name)}"]`)?.focus();
  useEffect(() => {
    const { activeElement } = document;
    // Whoever types a measurement beside it goes on with that.
    if (activeElement instanceof HTMLInputElement && !activeElement.closest("[role=dialog]")) return;
    fields.current?.querySelector("textarea")?.focus();
  }, []);

  // One act at a time: each rests on the note that the one before it made, and what is being signed stands.
  const acting = useRef<"save" | "sign" | null>(null);
  const newest = useRef(typing);
  const set = (changed: Partial<typeof typing>) => {
    if (acting.current === "sign") return;
    newest.current = { ...newest.current, ...changed };
    setTyping(newest.current);
    setSaved(null);
    // A command that is on its way would be seen no more.
    if (!acting.current) {
      save.reset();
      sign.reset();
    }
    setErrors((all) => Object.fromEntries(Object.entries(all).filter(([name]) => !(name in changed))));
  };
  const wrong = (name: TextName | "diagnoses", words: string) => {
    setErrors({ [name]: words });
    focusOn(name);
  };
  const refused = ({ code, fields: { field } }: Refused) => {
    acting.current = null;
    const name = String(field ?? "").split("/")[0];
    if (code === "missing" && name === "concern") wrong("concern", t("visits.note.nothing"));
  };
  const unnamed = () => typing.diagnoses.some(({ text }) => text.trim() && !readDiagnosis(text).name);
  const write = { visit, note: seen.note, version: seen.version, details };
  const kept = ({ id, version, conflict }: Kept) => {
    acting.current = null;
    // Nobody goes on here: what was kept on leaving is in the record, unless more was typed.
    if (!fields.current && sameNote(textOf(newest.current), details)) scratch.forget();
    setSeen({ note: id, version, before: details });
    setStands(null);
    setSaved(conflict ? t("visits.saved_conflict") : t("visits.note.saved_open", { time }));
  };
  const saveOpen = () => {
    if (acting.current) return;
    if (unnamed()) return wrong("diagnoses", t("visits.diagnosis.name_required"));
    if (!touched) return;
    acting.current = "save";
    scratch.until(save.mutateAsync(write).then(kept, refused));
  };
  const signNote = () => {
    if (acting.current) return;
    if (Object.keys(details).length === 0) return wrong("concern", t("visits.note.nothing"));
    if (unnamed()) return wrong("diagnoses", t("visits.diagnosis.name_required"));
    const signed = () => {
      scratch.forget();
      stays?.();
      // Whoever left before the answer is not called back.
      if (fields.current) onSigned();
    };
    acting.current = "sign";
    scratch.until(sign.mutateAsync(write).then(signed, refused));
  };
  useHotkey("mod+S", saveOpen);
  const throwAway = () => {
    scratch.forget();
    onTask(null);
  };
  const busy = save.isPending || sign.isPending;
  const refusal = sign.error ?? save.error;
  const told = refusal && Object.keys(errors).length > 0;
  const text = ([name, lines]: readonly [TextName, number]) => (
    <TextArea
      key={name}
      label={t(`visits.note.${name}`)}
      name={name}
      lines={lines}
      value={typing[name]}
      onChange={(value) => set({ [name]: value })}
      error={errors[name]}
      readOnly={sign.isPending}
    />
  );
  const status = saved ?? (scratch.keptAt && t("saved.here", { time: scratch.keptAt }));
  return (
    <Pane
      title={t("visits.note.title")}
      onClose={() => onTask(null)}
      status={status ?? ""}
      action={
        <div className={style["acts"]}>
          <Button onClick={saveOpen} loading={save.isPending} disabled={sign.isPending}>
            {t("visits.note.save_open")}
          </Button>
          {maySign && (
            <PrimaryButton
              shortcut="mod+Enter"
              onClick={signNote}
              loading={sign.isPending}
              disabled={save.isPending}
            >
              {t("visits.note.sign")}
            </PrimaryButton>
          )}
        </div>
      }
    >
      {refusal && !told && <RefusalNote refused={refusal} />}
      {since !== null && !sign.isPending && (
        <Restored since={since} zone={zone}>
          <TextButton onClick={throwAway}>{t("saved.throw_away")}</TextButton>
        </Restored>
      )}
      <div ref={fields} className={style["fields"]}>
        {ABOVE.map(text)}
        <Diagnoses
          value={typing.diagnoses}
          onChange={(diagnoses) => set({ diagnoses })}
          error={errors.diagnoses}
          readOnly={sign.isPending}
        />
        {BELOW.map(text)}
      </div>
      {stands && (
        <section className={style["quoted"]} aria-label={t("visits.note.stands")}>
          <p>{t("visits.note.stands")}</p>
          <ReadText note={stands} />
        </section>
      )}
      <OtherNotes notes={others} onTask={onTask} />
      {seen.note !== null && (
        <div>
          <TextButton onClick={() => onTask(withdrawal)} disabled={busy}>
            {t("visits.note.withdraw")}
          </TextButton>
        </div>
      )}
    </Pane>
  );
}

/** A note that begins: with the concern that the desk heard, if it wrote one down. */
export function newDraft(concern: string | undefined): NoteDraft {
  const before = concern ? { concern } : {};
  return { note: null, version: null, before, typing: typingOf(before) };
}
