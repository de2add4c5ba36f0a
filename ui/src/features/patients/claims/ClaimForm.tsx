import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeptPane } from "../../../components/KeptPane";
import { Beside } from "../../../components/Pane";
import { TextButton } from "../../../components/TextButton";
import type { Kept } from "../../../generated/Kept";
import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";
import { useZone } from "../../../host/session";
import { useCommand } from "../../../host/use-command";
import { useKeptForm } from "../../../host/use-kept-form";
import { anyUnread, withUnread } from "../../../i18n/unread-dates";
import { useClock } from "../../../i18n/use-clock";
import { COMMANDS } from "./commands";
import { draftText, type Draft } from "./draft";
import { ClaimField } from "./Field";
import { changedValues, SPECS, type ClaimKind, type FieldSpec } from "./specs";

interface ClaimFormProps {
  patient: RecordId;
  kind: ClaimKind;
  /** The record to change; null for a new one. */
  id: RecordId | null;
  /** The name under which the typing is kept. */
  subject: string;
  draft: Draft;
  /** When the draft was typed that was left here, in milliseconds since 1970; null for none. */
  left: number | null;
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
  const zone = useZone();
  const today = useClock(zone).day;
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
  const fields = useRef<HTMLDivElement>(null);
  const form = useKeptForm({
    fields,
    patient,
    subject,
    text,
    touched,
    left: props.left,
    busy,
    onClose,
  });
  const specs: readonly FieldSpec[] = SPECS[kind].filter((spec) => id !== null || !spec.later);
  const focusOn = (name: string) =>
    fields.current?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus();

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
    form.send(written, onSaved, refused);
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
    <KeptPane
      title={t(id === null ? `patients.add.${kind}` : `patients.edit.${kind}`)}
      act={t("patients.save")}
      onAct={save}
      refused={told ? null : refusal}
      form={form}
      zone={zone}
      onClose={onClose}
      instead={id !== null && <TextButton onClick={onWithdraw}>{t("patients.entered_in_error")}</TextButton>}
    >
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
    </KeptPane>
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
