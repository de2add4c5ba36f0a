import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { TextArea } from "../../../components/fields";
import { Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { Restored } from "../../../components/Restored";
import { TextButton } from "../../../components/TextButton";
import type { NoteView } from "../../../generated/NoteView";
import type { Refused } from "../../../host/host";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useKeptForm } from "../../../host/use-kept-form";
import type { OnTask } from "../../../records/parts";
import { NoteText } from "./NoteText";
import style from "./note.module.css";

/** What is typed of an addition. */
export interface AdditionTyping {
  text: string;
  reason: string;
}

interface AddendumFormProps {
  note: NoteView;
  /** The name under which the typing is kept. */
  subject: string;
  /** The typing that was left here. */
  left: AdditionTyping | null;
  /** When it was typed, in milliseconds since 1970; null where nothing was left. */
  since: number | null;
  onTask: OnTask;
}

/** Adds to a signed note, under a signature of its own; the note itself stands below as it was signed. */
export function AddendumForm({ note, subject, left, since, onTask }: AddendumFormProps) {
  const { t } = useTranslation();
  const [typing, setTyping] = useState(left ?? { text: "", reason: "" });
  const [errors, setErrors] = useState<Partial<AdditionTyping>>({});
  const add = useCommand("add_addendum");
  const zone = useZone();
  const touched = typing.text.trim() !== "" || typing.reason.trim() !== "";
  const fields = useRef<HTMLDivElement>(null);
  const focusOn = (name: string) => fields.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
  const back = () => onTask({ of: "note", visit: note.visit, note: note.id });
  const form = useKeptForm({
    fields,
    patient: note.patient,
    subject,
    text: JSON.stringify(typing),
    touched,
    left: since,
    busy: add.isPending,
    onClose: back,
  });
  // What is being signed is neither changed nor signed again.
  const signing = useRef(false);
  const set = (changed: Partial<AdditionTyping>) => {
    if (signing.current) return;
    setTyping((all) => ({ ...all, ...changed }));
    setErrors({});
    add.reset();
  };
  const wrong = (name: keyof AdditionTyping) => {
    setErrors({
      [name]: t(name === "text" ? "visits.note.addition_required" : "reason.required"),
    });
    focusOn(name);
  };
  const refused = ({ code, fields: { field } }: Refused) => {
    signing.current = false;
    if (code === "missing" && (field === "text" || field === "reason")) wrong(field);
  };
  const sign = () => {
    if (signing.current) return;
    if (!typing.text.trim()) return wrong("text");
    if (!typing.reason.trim()) return wrong("reason");
    const input = { note: note.id, text: typing.text.trim(), reason: typing.reason.trim() };
    signing.current = true;
    form.send(add.mutateAsync(input), back, refused);
  };
  const told = add.error && Object.keys(errors).length > 0;
  return (
    <Pane
      title={t("visits.note.add_title")}
      onClose={() => onTask(null)}
      status={form.keptAt ? t("saved.here", { time: form.keptAt }) : ""}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={sign} loading={add.isPending}>
          {t("visits.note.sign_addition")}
        </PrimaryButton>
      }
    >
      {add.error && !told && <RefusalNote refused={add.error} />}
      {form.since !== null && <Restored since={form.since} zone={zone} />}
      <div ref={fields} className={style["fields"]}>
        <TextArea
          label={t("visits.note.addition")}
          name="text"
          lines={3}
          value={typing.text}
          onChange={(text) => set({ text })}
          error={errors.text}
          readOnly={add.isPending}
          required
        />
        <TextArea
          label={t("visits.note.why")}
          name="reason"
          lines={1}
          value={typing.reason}
          onChange={(reason) => set({ reason })}
          error={errors.reason}
          readOnly={add.isPending}
          required
        />
      </div>
      <div className={style["ways"]}>
        <TextButton onClick={back}>{t("visits.note.to_note")}</TextButton>
        {touched && !add.isPending && (
          <TextButton onClick={form.throwAway}>{t("saved.throw_away")}</TextButton>
        )}
      </div>
      <div className={style["quoted"]}>
        <NoteText note={note.details} />
      </div>
    </Pane>
  );
}
