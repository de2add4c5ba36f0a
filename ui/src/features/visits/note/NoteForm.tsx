import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { Button, PrimaryButton } from "../../../components/Button";
import { TextArea } from "../../../components/fields";
import { useHotkey } from "../../../components/hotkey";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import { useLeft, useThrowAway, type KeptTyping } from "../../../forms/use-left";
import { useRecordForm, type Begun, type Errors } from "../../../forms/use-record-form";
import type { Note } from "../../../generated/Note";
import type { NoteView } from "../../../generated/NoteView";
import type { RecordId } from "../../../generated/RecordId";
import { useMay, useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useClock } from "../../../i18n/use-clock";
import type { OnTask } from "../../../records/parts";
import { Diagnoses } from "./Diagnoses";
import { readDiagnosis } from "./diagnosis";
import { storedNote, textOf, type NoteTyping, type TextName } from "./draft";
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
  /** The open note, or the one that begins. */
  begun: Begun<NoteTyping>;
  /** The typing that was left here. */
  kept: KeptTyping<NoteTyping> | null;
  /** What the open note says that the typing did not know of, to be read beside it. */
  stands: Note | null;
  /** What others wrote in this visit. */
  others: readonly NoteView[];
  /** How much more there is in this visit than found room. */
  more: number | undefined;
  onTask: OnTask;
  onSigned: () => void;
}

/** Writes a note: kept while it is typed, saved open for colleagues to see, or signed. */
export function NoteForm(props: NoteFormProps) {
  const { patient, visit, others, onTask, onSigned } = props;
  const { t } = useTranslation();
  const zone = useZone();
  const { time } = useClock(zone);
  const [saved, setSaved] = useState<string | null>(null);
  const [stands, setStands] = useState(props.stands);
  const save = useCommand("save_note");
  const sign = useCommand("sign_note");
  const maySign = useMay("note.sign");
  const nothing = { concern: t("visits.note.nothing") };
  const form = useRecordForm({
    patient,
    task: { of: "note", visit },
    begun: props.begun,
    kept: props.kept,
    onClose: () => onTask(null),
    stored: storedNote,
    first: null,
    at: ({ code, fields: { field } }) => (code === "missing" && field === "concern" ? nothing : null),
  });
  const { seen, focusOn, values, errors, busy, refused, since } = form;
  const details = textOf(values);
  // The reason for a withdrawal that was begun: what is signed is not withdrawn.
  const withdrawal = { of: "withdraw", visit, note: seen.note ?? "" } as const;
  const stays = useThrowAway(patient, withdrawal, useLeft(patient, withdrawal));
  const focus = useEffectEvent(focusOn);
  useEffect(() => {
    const { activeElement } = document;
    // Whoever types a measurement beside it goes on with that.
    if (activeElement instanceof HTMLInputElement && !activeElement.closest("[role=dialog]")) return;
    focus("concern");
  }, []);

  const set = (changed: Partial<NoteTyping>) => {
    setSaved(null);
    form.set(changed);
  };
  const unnamed = (): Errors =>
    values.diagnoses.some(({ text }) => text.trim() && !readDiagnosis(text).name)
      ? { diagnoses: t("visits.diagnosis.name_required") }
      : {};
  const write = { visit, note: seen.note ?? null, version: seen.version, details };
  const saveOpen = () => {
    if (!form.touched && Object.keys(unnamed()).length === 0) return;
    form.act(() => save.mutateAsync(write), {
      open: true,
      check: unnamed,
      again: ({ id, version }) => ({ seen: { note: id, version }, before: values }),
      done: ({ conflict }) => {
        setStands(null);
        setSaved(conflict ? t("visits.saved_conflict") : t("visits.note.saved_open", { time }));
      },
    });
  };
  const signNote = () =>
    form.act(() => sign.mutateAsync(write).then((kept) => (stays?.(), kept)), {
      check: () => (Object.keys(details).length === 0 ? nothing : unnamed()),
      done: onSigned,
    });
  useHotkey("mod+S", saveOpen);
  const text = ([name, lines]: readonly [TextName, number]) => (
    <TextArea
      key={name}
      {...form.text(name)}
      label={t(`visits.note.${name}`)}
      lines={lines}
      onChange={(value) => set({ [name]: value })}
    />
  );
  const status = saved ?? (form.keptAt && t("saved.here", { time: form.keptAt }));
  return (
    <Pane
      title={t("visits.note.title")}
      onClose={() => onTask(null)}
      status={status ?? ""}
      action={
        <Acts>
          <Button onClick={saveOpen} loading={save.isPending} disabled={busy}>
            {t("visits.note.save_open")}
          </Button>
          {maySign && (
            <PrimaryButton shortcut="mod+Enter" onClick={signNote} loading={busy} disabled={save.isPending}>
              {t("visits.note.sign")}
            </PrimaryButton>
          )}
        </Acts>
      }
    >
      {refused && <RefusalNote refused={refused} />}
      {since !== null && !busy && (
        <Restored since={since} zone={zone}>
          <TextButton onClick={form.throwAway}>{t("saved.throw_away")}</TextButton>
        </Restored>
      )}
      <div {...form.around} className={style["fields"]}>
        {ABOVE.map(text)}
        <Diagnoses
          value={values.diagnoses}
          onChange={(diagnoses) => set({ diagnoses })}
          error={errors["diagnoses"]}
          readOnly={busy}
        />
        {BELOW.map(text)}
      </div>
      {stands && (
        <section className={style["quoted"]} aria-label={t("visits.note.stands")}>
          <p>{t("visits.note.stands")}</p>
          <ReadText note={stands} />
        </section>
      )}
      <OtherNotes notes={others} more={props.more} onTask={onTask} />
      {seen.note !== null && (
        <div>
          <TextButton onClick={() => onTask(withdrawal)} disabled={busy || save.isPending}>
            {t("visits.note.withdraw")}
          </TextButton>
        </div>
      )}
    </Pane>
  );
}
