import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Acts } from "../../../components/Acts";
import { Button, PrimaryButton } from "../../../components/Button";
import { useHotkey } from "../../../components/hotkey";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { tell } from "../../../components/tell";
import { TextButton } from "../../../components/TextButton";
import { useLeft, useThrowAway, type KeptTyping } from "../../../forms/use-left";
import { useRecordForm, type Begun, type Errors } from "../../../forms/use-record-form";
import type { Note } from "../../../generated/Note";
import type { NoteView } from "../../../generated/NoteView";
import type { RecordId } from "../../../generated/RecordId";
import type { VisitType } from "../../../generated/VisitType";
import { entryId } from "../../../host/entry-id";
import { useMay, useZone } from "../../../host/session";
import { useCommand, useQueryOf } from "../../../host/use-command";
import { usePages } from "../../../host/use-pages";
import { useClock } from "../../../i18n/use-clock";
import { useDates } from "../../../i18n/use-dates";
import type { OnTask } from "../../../records/parts";
import { Diagnoses } from "./Diagnoses";
import { readDiagnosis } from "./diagnosis";
import { freshDiagnosis, storedNote, textOf, TEXTS, type NoteTyping, type TextName } from "./draft";
import { Exam } from "./Exam";
import { broughtIn, withoutMark, wordless, wordsOf } from "./exam";
import { LastNote } from "./LastNote";
import { NoteText as ReadText } from "./NoteText";
import { OtherNotes } from "./OtherNotes";
import { stopLeft } from "./snippet";
import { SnippetArea } from "./SnippetArea";
import { useLastNote } from "./use-last-note";
import { useSet } from "./use-set";
import { useSnippets } from "./use-snippets";
import style from "./note.module.css";

/** The fields above the examination, behind it and below the diagnoses, with the lines they begin with. */
const ABOVE: readonly [TextName, number][] = [
  ["concern", 2],
  ["history", 1],
];
const BEHIND: readonly [TextName, number][] = [["examination", 1]];
const BELOW: readonly [TextName, number][] = [
  ["treatment", 1],
  ["plan", 2],
  ["remarks", 1],
];

interface NoteFormProps {
  patient: RecordId;
  visit: RecordId;
  /** What the visit is for: by it the examination begins. */
  kind: VisitType | undefined;
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
  const navigate = useNavigate();
  const { time } = useClock(zone);
  const [saved, setSaved] = useState<string | null>(null);
  const [stands, setStands] = useState(props.stands);
  const save = useCommand("save_note");
  const sign = useCommand("sign_note");
  const maySign = useMay("note.sign");
  const knownSets = usePages("note_sets", {}, (page) => page.rows, { whole: true }).rows;
  const age = useQueryOf("banner", { patient }).data?.person.age;
  const snippets = useSnippets().rows ?? [];
  const last = useLastNote(patient, visit);
  const { date } = useDates();
  const nothing = { concern: t("visits.note.nothing") };
  // Whoever types a measurement beside it goes on with that.
  const [first] = useState(() => {
    const { activeElement } = document;
    const measures = activeElement instanceof HTMLInputElement && !activeElement.closest("[role=dialog]");
    return measures ? null : "concern";
  });
  const form = useRecordForm({
    patient,
    task: { of: "note", visit },
    begun: props.begun,
    kept: props.kept,
    onClose: () => onTask(null),
    stored: storedNote,
    first,
    at: ({ code, fields: { field } }) => {
      if (code === "missing" && field === "concern") return nothing;
      const [part = "", name = ""] = String(field).split("/");
      if (part === "brought") return { [name]: t("visits.exam.brought_gone") };
      // What lacks within the examination is told at its system.
      return part === "exam" ? undefined : null;
    },
  });
  const { seen, focusOn, values, errors, busy, refused, since } = form;
  const sets = useSet(knownSets, { set: values.set, version: values.set_version }, props.kind, age);
  const words = wordsOf(sets.set, values);
  const details = textOf(values);
  // The reason for a withdrawal that was begun: what is signed is not withdrawn.
  const withdrawal = { of: "withdraw", visit, note: seen.note ?? "" } as const;
  const stays = useThrowAway(patient, withdrawal, useLeft(patient, withdrawal));

  // The field to which the keys go once it is there.
  const goTo = useRef<string | null>(null);
  useEffect(() => {
    if (goTo.current) focusOn(goTo.current);
    goTo.current = null;
  });

  const set = (changed: Partial<NoteTyping>) => {
    setSaved(null);
    form.set(changed);
  };
  const unnamed = (): Errors => ({
    ...Object.fromEntries(
      wordless(values.exam).map((system) => [`exam/${system}/text`, t("visits.exam.words_required")]),
    ),
    ...(values.diagnoses.some(({ text }) => text.trim() && !readDiagnosis(text).name)
      ? { diagnoses: t("visits.diagnosis.name_required") }
      : {}),
  });
  // A stop of a snippet that nobody filled in is not signed.
  const unfilled = (): Errors =>
    Object.fromEntries(
      TEXTS.flatMap((name) => {
        const stop = stopLeft(values[name]);
        return stop ? [[name, t("visits.snippet.stop_left", { stop })]] : [];
      }),
    );
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
      check: () => (Object.keys(details).length === 0 ? nothing : { ...unfilled(), ...unnamed() }),
      done: onSigned,
    });
  const bringIn = (from: NoteView) => {
    const { texts, brought } = broughtIn(from, values);
    const some = Object.keys(texts).length > 0;
    if (some) set({ ...texts, brought: { ...values.brought, ...brought } });
    tell(t(some ? "visits.exam.brought" : "visits.exam.brought_nothing"));
  };
  const toDiagnosis = () => {
    const blank = values.diagnoses.find(({ text }) => !text.trim());
    const id = blank?.id ?? entryId();
    goTo.current = `diagnoses/${id}/name`;
    set({
      diagnoses: blank ? values.diagnoses : [...values.diagnoses, freshDiagnosis(id, values.diagnoses)],
    });
  };
  useHotkey("mod+S", saveOpen);
  useHotkey("alt+D", toDiagnosis, !busy);
  useHotkey("alt+P", () => focusOn("plan"));
  const text = ([name, lines]: readonly [TextName, number]) => {
    const on = values.brought[name]?.on;
    return (
      <SnippetArea
        key={name}
        {...form.text(name)}
        label={t(name === "examination" ? "visits.note.other_findings" : `visits.note.${name}`)}
        mark={
          on && <span className={style["small"]}>{t("visits.exam.brought_from", { day: date(on) })}</span>
        }
        lines={lines}
        section={name}
        snippets={snippets}
        // What is changed is of today.
        onChange={(value) => set({ [name]: value, brought: withoutMark(values.brought, name) })}
      />
    );
  };
  const status = saved ?? (form.keptAt && t("saved.here", { time: form.keptAt }));
  return (
    <Pane
      wide
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
        <Exam {...sets} value={values.exam} onChange={set} errors={errors} readOnly={busy} />
        {Object.keys(words).length > 0 && (
          <div>
            <Button shortcut="alt+T" onClick={() => set(words)} disabled={busy}>
              {t("visits.exam.words")}
            </Button>
          </div>
        )}
        {BEHIND.map(text)}
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
      {last && <LastNote note={last} onBring={busy ? undefined : () => bringIn(last)} />}
      <OtherNotes notes={others} more={props.more} onTask={onTask} />
      <div>
        <TextButton onClick={() => void navigate({ to: "/snippets" })}>{t("visits.snippet.list")}</TextButton>
      </div>
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
