import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PrimaryButton } from "../../../components/Button";
import { Beside, Pane } from "../../../components/Pane";
import { RefusalNote } from "../../../components/RefusalNote";
import { TextButton } from "../../../components/TextButton";
import type { Kept } from "../../../generated/Kept";
import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";
import { useCommand } from "../../../host/use-command";
import { anyUnread, withUnread } from "../../../i18n/unread-dates";
import { useNow } from "../now";
import { COMMANDS } from "./commands";
import { draftText, type Draft } from "./draft";
import { ClaimField } from "./Field";
import { changedValues, SPECS, type ClaimKind, type FieldSpec } from "./specs";
import { useScratch } from "../../../host/use-scratch";

interface ClaimFormProps {
  patient: RecordId;
  kind: ClaimKind;
  /** The record to change; null for a new one. */
  id: RecordId | null;
  /** The name under which the typing is kept. */
  subject: string;
  draft: Draft;
  /** The draft is typing that was left here. */
  restored: boolean;
  disputed: readonly string[];
  onSaved: (kept: Kept) => void;
  onClose: () => void;
  /** Opens the form that withdraws the record. */
  onWithdraw: () => void;
}

/** Records or changes what is known of a person: the form of any kind of claim. */
export function ClaimForm(props: ClaimFormProps) {
  const { patient, kind, id, subject, disputed, onSaved, onClose, onWithdraw } = props;
  const { t } = useTranslation();
  const today = useNow().day;
  // What was seen when the form was opened: an edit that came meanwhile must not pass for seen.
  const [draft] = useState(props.draft);
  const [values, setValues] = useState(draft.values);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [unread, setUnread] = useState(draft.unread ?? {});
  const add = useCommand(COMMANDS[kind].add);
  const edit = useCommand(COMMANDS[kind].edit);
  const changed = changedValues(draft.before, values);
  const touched = Object.keys(changed).length > 0 || anyUnread(unread);
  const busy = add.isPending || edit.isPending;
  const text = draftText({ ...draft, values, unread });
  // What is being recorded stands.
  const acting = useRef(false);
  const scratch = useScratch(patient, subject, text, touched, props.restored, busy);
  const specs: readonly FieldSpec[] = SPECS[kind].filter((spec) => id !== null || !spec.later);
  const fields = useRef<HTMLDivElement>(null);
  const focusOn = (name: string) =>
    fields.current?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus();
  useEffect(() => fields.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), []);

  const wrong = () => {
    const found: Record<string, string> = {};
    for (const { name, required } of specs) {
      const trouble = unread[name]?.trouble;
      if (required && !String(values[name] ?? "").trim()) found[name] = t("patients.required");
      if (trouble) found[name] = t(`date.error.${trouble}`);
    }
    return found;
  };
  const refused = (refusal: Refused) => {
    acting.current = false;
    const at = String(refusal.fields["field"] ?? "");
    if (!specs.some((spec) => spec.name === at)) return;
    setErrors({ [at]: t(refusal.code === "missing" ? "patients.required" : "patients.refused_value") });
    focusOn(at);
  };
  const kept = (written: Kept) => {
    scratch.forget();
    // Whoever left before the answer is not called back.
    if (fields.current) onSaved(written);
  };
  const save = () => {
    if (acting.current) return;
    const found = wrong();
    setErrors(found);
    const first = Object.keys(found)[0];
    if (first) return focusOn(first);
    if (!touched) return onClose();
    const written =
      id === null || draft.version === null
        ? add.mutateAsync({ patient, details: changed })
        : edit.mutateAsync({ id, version: draft.version, patch: changed });
    acting.current = true;
    scratch.until(written.then(kept, refused));
  };
  const throwAway = () => {
    scratch.forget();
    onClose();
  };
  const refusal = add.error ?? edit.error;
  const told = refusal && Object.keys(errors).length > 0;
  const field = (spec: FieldSpec) => (
    <ClaimField
      key={spec.name}
      kind={kind}
      spec={spec}
      value={values[spec.name] ?? ""}
      onChange={(value) => acting.current || setValues((all) => ({ ...all, [spec.name]: value }))}
      readOnly={busy}
      unread={unread[spec.name]?.text}
      onUnread={(now) => setUnread((all) => withUnread(all, spec.name, now))}
      error={errors[spec.name]}
      disputed={disputed.includes(spec.name)}
      today={today}
    />
  );
  return (
    <Pane
      title={t(id === null ? `patients.add.${kind}` : `patients.edit.${kind}`)}
      onClose={onClose}
      status={scratch.keptAt && t("saved.here", { time: scratch.keptAt })}
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={save} loading={busy}>
          {t("patients.save")}
        </PrimaryButton>
      }
    >
      {refusal && !told && <RefusalNote refused={refusal} />}
      <div ref={fields} style={{ display: "contents" }}>
        {inRows(specs).map((row) => {
          const [first] = row;
          return row.length === 1 && first ? (
            field(first)
          ) : (
            <Beside key={first?.name}>{row.map(field)}</Beside>
          );
        })}
      </div>
      <div>
        {touched && !busy && <TextButton onClick={throwAway}>{t("patients.throw_away")}</TextButton>}
        {id !== null && !touched && (
          <TextButton onClick={onWithdraw}>{t("patients.entered_in_error")}</TextButton>
        )}
      </div>
    </Pane>
  );
}

/** The fields by line: one that stands beside another shares its line. */
function inRows(specs: readonly FieldSpec[]): FieldSpec[][] {
  const rows: FieldSpec[][] = [];
  for (const spec of specs) {
    const last = rows.at(-1);
    if (spec.beside && last) last.push(spec);
    else rows.push([spec]);
  }
  return rows;
}
