import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconChevronDown } from "@tabler/icons-react";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import style from "./fields.module.css";

/** What every field has: its label, its text, and the one place where its trouble is told. */
export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong, said at the field. */
  error?: string | null | undefined;
  /** How to fill it in, said before anything is wrong. */
  hint?: ReactNode;
  /** Words after the label, such as whether the field is printed. */
  mark?: ReactNode;
  required?: boolean;
  disabled?: boolean;
  name?: string;
  autoFocus?: boolean;
  onBlur?: () => void;
}

interface TextFieldProps extends FieldProps {
  type?: "text" | "email" | "tel" | "search";
  inputMode?: "numeric" | "decimal" | "text";
  placeholder?: string;
  maxLength?: number;
  autoComplete?: string;
  /** It stands, and cannot be changed now. */
  readOnly?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** The list that hangs from it: its id, whether it is open, and the id of the option under the keys. */
  combo?: { list: string; open: boolean; active: string | undefined };
}

/** One line of text. */
export function TextField({ onChange, combo, ...field }: TextFieldProps) {
  const hangs = combo && {
    role: "combobox",
    "aria-haspopup": "listbox" as const,
    "aria-autocomplete": "list" as const,
    "aria-expanded": combo.open,
    "aria-controls": combo.open ? combo.list : undefined,
    "aria-activedescendant": combo.open ? combo.active : undefined,
  };
  return (
    <TextInput {...wrapped(field)} {...hangs} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

export interface TextAreaProps extends FieldProps {
  lines?: number;
  /** It stands, and cannot be changed now. */
  readOnly?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  /** Its label is only read out: what stands beside it says it to the eye. */
  bare?: boolean;
}

/** Several lines of text; the box grows with them. */
export function TextArea({ onChange, lines = 2, bare = false, ...field }: TextAreaProps) {
  const { label, ...rest } = wrapped(field);
  return (
    <Textarea
      {...rest}
      {...(bare ? { "aria-label": field.label } : { label })}
      autosize
      minRows={lines}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface PasswordFieldProps extends FieldProps {
  autoComplete?: "current-password" | "new-password";
  /** Another secret is typed next: Tab goes there, and not to what shows this one. */
  more?: boolean;
}

/** A secret, shown on asking. Pasting is allowed; Caps Lock is told while the keys are here. */
export function PasswordField({ onChange, hint, onBlur, more = false, ...field }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [visible, setVisible] = useState(false);
  const [caps, setCaps] = useState(false);
  const look = (event: React.KeyboardEvent) => setCaps(event.getModifierState("CapsLock"));
  const told = caps ? <FieldTrouble text={t("field.caps_lock")} /> : hint;
  return (
    <PasswordInput
      {...wrapped({ ...field, hint: told })}
      // The library does not say it of a password, and the keys are put where it is said.
      aria-invalid={field.error ? true : undefined}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{
        "aria-label": t(visible ? "field.hide_password" : "field.show_password"),
        tabIndex: more ? -1 : 0,
      }}
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => {
        setCaps(false);
        onBlur?.();
      }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface SelectFieldProps extends FieldProps {
  options: readonly { value: string; label: string }[];
}

/** One of a short, known list; the system's own control, so every key works as people know it. */
export function SelectField({ onChange, options, ...field }: SelectFieldProps) {
  return (
    <NativeSelect
      {...wrapped(field)}
      data={[...options]}
      rightSection={<IconChevronDown size="0.875rem" stroke={1.8} aria-hidden="true" />}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface CheckFieldProps {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
  hint?: ReactNode;
}

/** Yes or no. */
export function CheckField({ label, value, onChange, hint }: CheckFieldProps) {
  return (
    <Checkbox
      label={label}
      description={hint}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

type Wrapped = Omit<FieldProps, "onChange">;

/** Hands the field's words to the library's wrapper, which ties them to the control for screen readers. */
function wrapped<P extends Wrapped>({ label, mark, hint, error, ...rest }: P) {
  return {
    ...rest,
    label: <Label text={label} mark={mark} />,
    description: hint,
    error: error ? <FieldTrouble text={error} /> : null,
    withAsterisk: rest.required ?? false,
  };
}

/** A field's label with the words that go with it. */
export function Label({ text, mark }: { text: string; mark?: ReactNode }) {
  return mark ? (
    <span className={style["label"]}>
      {text} {mark}
    </span>
  ) : (
    text
  );
}

/** A field's trouble, with a sign so that it is not told by colour alone. */
export function FieldTrouble({ text }: { text: string }) {
  return (
    <span className={style["trouble"]}>
      <IconAlertTriangle size="0.875rem" stroke={2} aria-hidden="true" />
      {text}
    </span>
  );
}
