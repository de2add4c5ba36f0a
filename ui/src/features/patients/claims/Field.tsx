import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextArea, TextField } from "../../../components/fields";
import { DateField } from "../../../components/DateField";
import { Segmented } from "../../../components/Segmented";
import { Tag } from "../../../components/Tag";
import type { CodeFound } from "../../../generated/CodeFound";
import type { UnreadDate } from "../../../i18n/unread-dates";
import { CodeField, type Took } from "../../../records/CodeField";
import type { ClaimKind, FieldSpec } from "../../../records/kind";
import { choiceWord, fieldWord } from "../../../records/words";

interface ClaimFieldProps {
  kind: ClaimKind;
  spec: FieldSpec;
  value: string | boolean;
  onChange: (value: string | boolean) => void;
  /** What was left in it and is no date. */
  unread: string | undefined;
  onUnread: (now: UnreadDate | null) => void;
  error?: string | undefined;
  /** What is to be known before it is filled in; nothing where its kind says it. */
  hint?: ReactNode;
  /** Two people disagree about it. */
  disputed: boolean;
  today: string;
  /** It stands, for it is being recorded. */
  readOnly: boolean;
  /** The code of what a `code` field says, where it has one. */
  code?: string | undefined;
  /** The code that went when another name was typed, and the name that it is of. */
  lost?: { name: string; code: string | undefined } | undefined;
  /** A name was taken from the list under a `code` field. */
  onTake?: (found: CodeFound, took: Took) => void;
}

/** One field of a claim's form, as its spec asks for it. */
export function ClaimField({
  kind,
  spec,
  value,
  error,
  hint,
  disputed,
  today,
  readOnly,
  lost,
  ...hear
}: ClaimFieldProps) {
  const { t } = useTranslation();
  const label = fieldWord(t, kind, spec.name);
  const options = (spec.words ?? []).map((word) => ({
    value: word,
    label: choiceWord(t, kind, spec.name, word),
  }));
  if (spec.as === "flag") return <CheckField label={label} value={value === true} onChange={hear.onChange} />;
  const field = {
    label,
    name: spec.name,
    value: String(value),
    onChange: hear.onChange,
    error,
    required: spec.required ?? false,
    mark: disputed ? <Tag kind="warn">{t("patients.disputed")}</Tag> : undefined,
  };
  const told = lost ? t("codes.lost", { name: lost.name, code: lost.code ?? "" }) : hint;
  const day = { ...field, today, readOnly, unread: hear.unread, onUnread: hear.onUnread };
  switch (spec.as) {
    case "text":
      return <TextField {...field} hint={told} readOnly={readOnly} autoComplete="off" />;
    case "code":
      return (
        <CodeField
          {...field}
          hint={hear.code ? t("codes.coded", { code: hear.code }) : told}
          readOnly={readOnly}
          onTake={(found, took) => hear.onTake?.(found, took)}
        />
      );
    case "area":
      return <TextArea {...field} readOnly={readOnly} />;
    case "date":
      return <DateField {...day} hint={t("patients.date_hint")} />;
    case "day":
      return <DateField {...day} span="any" hint={t("patients.day_hint")} />;
    case "choice":
      return <Segmented {...field} options={options} />;
    case "list":
      return <SelectField {...field} options={[{ value: "", label: t("patients.not_said") }, ...options]} />;
  }
}
