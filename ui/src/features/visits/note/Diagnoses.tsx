import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { CompactSelect } from "../../../components/CompactSelect";
import { IconButton } from "../../../components/IconButton";
import { TextButton } from "../../../components/TextButton";
import type { CodeFound } from "../../../generated/CodeFound";
import { entryId } from "../../../host/entry-id";
import { CodeField } from "../../../records/CodeField";
import { diagnosisText, readDiagnosis, type Taken } from "./diagnosis";
import { freshDiagnosis, type TypedDiagnosis } from "./draft";
import style from "./note.module.css";

const CERTAINTIES = ["", "confirmed", "suspected", "excluded"] as const;

interface DiagnosesProps {
  value: readonly TypedDiagnosis[];
  onChange: (value: TypedDiagnosis[]) => void;
  error: string | undefined;
  /** They stand as they are, for they are being signed. */
  readOnly: boolean;
}

/** The diagnoses of a note, one line each: found by what is typed, or typed as they are said; Enter begins the next. */
export function Diagnoses({ value, onChange, error, readOnly }: DiagnosesProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const fresh = useRef<string | null>(null);
  useEffect(() => {
    if (!fresh.current) return;
    const field = box.current?.querySelector<HTMLInputElement>(`[data-entry="${fresh.current}"] input`);
    field?.focus();
    // Behind what it begins with.
    field?.setSelectionRange(field.value.length, field.value.length);
    fresh.current = null;
  });
  const change = (id: string, changed: Partial<TypedDiagnosis>) =>
    onChange(
      value.map((each) => {
        if (each.id === id) return { ...each, ...changed };
        // One of them is the main one.
        return changed.primary ? { ...each, primary: false } : each;
      }),
    );
  const add = (text = "") => {
    const last = value.at(-1);
    const blank = text && last?.text === "" ? last : freshDiagnosis(entryId(), value);
    fresh.current = blank.id;
    onChange([...value.filter(({ id }) => id !== blank.id), { ...blank, text }]);
  };
  /** What is typed on behind a diagnosis that a list gave is another one: it spoils neither its name nor its code. */
  const type = ({ id, text, taken }: TypedDiagnosis, typed: string) => {
    if (taken && text === diagnosisText(taken) && typed.startsWith(text))
      add(typed.slice(text.length).replace(/^[\s,;·]+/, ""));
    else change(id, { text: typed });
  };
  const begin = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (value.at(-1)?.text.trim()) add();
  };
  return (
    <div ref={box} className={style["diagnoses"]} role="group" aria-label={t("visits.note.diagnosis")}>
      {value.map((entry, at) => (
        // Enter goes on to the next entry from within the field.
        <div key={entry.id} data-entry={entry.id} className={style["diagnosis"]}>
          <Entry
            entry={entry}
            label={
              value.length > 1
                ? t("visits.note.diagnosis_number", { number: `${at + 1}` })
                : t("visits.note.diagnosis")
            }
            onType={(typed) => type(entry, typed)}
            onChange={(changed) => change(entry.id, changed)}
            onEnter={begin}
            onDrop={() => onChange(value.filter(({ id }) => id !== entry.id))}
            error={entry.text.trim() && !readDiagnosis(entry.text).name ? error : undefined}
            readOnly={readOnly}
          />
        </div>
      ))}
      <div>
        <TextButton onClick={() => add()} disabled={readOnly}>
          {t("visits.diagnosis.add")}
        </TextButton>
      </div>
    </div>
  );
}

interface EntryProps {
  entry: TypedDiagnosis;
  label: string;
  onType: (text: string) => void;
  onChange: (changed: Partial<TypedDiagnosis>) => void;
  onEnter: (event: KeyboardEvent) => void;
  onDrop: () => void;
  error: string | undefined;
  readOnly: boolean;
}

function Entry({ entry, label, onType, onChange, onEnter, onDrop, error, readOnly }: EntryProps) {
  const { t } = useTranslation();
  const { name, code } = readDiagnosis(entry.text);
  const typed = entry.text.trim() !== "";
  return (
    <>
      <CodeField
        label={label}
        name={`diagnoses/${entry.id}/name`}
        value={entry.text}
        onChange={onType}
        onTake={(found, took) => {
          const taken = takenOf(found);
          const certainty = took === "suspected" ? { certainty: "suspected" } : {};
          onChange({ text: diagnosisText(taken), taken, ...certainty });
        }}
        onEnter={onEnter}
        hint={typed ? undefined : t("codes.hint")}
        error={error}
        readOnly={readOnly}
      />
      {typed && (
        <div className={style["facts"]}>
          {code && <span className={style["code"]}>{code}</span>}
          <button
            type="button"
            className={style["toggle"]}
            aria-pressed={entry.primary}
            disabled={readOnly}
            onClick={() => onChange({ primary: !entry.primary })}
          >
            {t("visits.diagnosis.primary")}
          </button>
          <CompactSelect
            name={`diagnoses/${entry.id}/certainty`}
            aria-label={t("visits.diagnosis.certainty")}
            value={entry.certainty}
            disabled={readOnly}
            onChange={(event) => onChange({ certainty: event.currentTarget.value })}
          >
            {CERTAINTIES.map((word) => (
              <option key={word} value={word}>
                {t(`visits.diagnosis.certain.${word}`)}
              </option>
            ))}
          </CompactSelect>
          <span className={style["gap"]} />
          <IconButton
            icon={IconX}
            label={t("visits.diagnosis.take_away", { name: name ?? code ?? "" })}
            onClick={onDrop}
            disabled={readOnly}
          />
        </div>
      )}
    </>
  );
}

/** What a list gives: without a code, a name alone. */
function takenOf({ name, code, system, version }: CodeFound): Taken {
  return code ? { name, code, ...(system ? { system } : {}), ...(version ? { version } : {}) } : { name };
}
