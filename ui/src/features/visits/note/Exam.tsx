import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { CompactSelect } from "../../../components/CompactSelect";
import { TextArea } from "../../../components/fields";
import { KeyHint } from "../../../components/KeyHint";
import type { ExamFinding } from "../../../generated/ExamFinding";
import type { NoteSetRow } from "../../../generated/NoteSetRow";
import type { Errors } from "../../../forms/use-record-form";
import {
  allNormal,
  FINDINGS,
  findingOf,
  systemsOf,
  UNTOUCHED,
  type TypedExam,
  type TypedSystem,
} from "./exam";
import { keyOfSet, setWord, systemWord } from "../../../records/exam-words";
import style from "./Exam.module.css";

interface ExamProps {
  /** The sets to choose from; none while they are not known. */
  sets: readonly NoteSetRow[];
  set: NoteSetRow | undefined;
  value: TypedExam;
  onChange: (changed: { set: string; set_version: string; exam: TypedExam }) => void;
  errors: Errors;
  readOnly: boolean;
}

const KEYS: Readonly<Record<string, ExamFinding>> = { n: "normal", a: "finding", "-": "not_examined" };
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const SIGNS = { normal: "N", finding: "A", not_examined: "–" } as const;

/**
 * The examination, system by system: one stop of the Tab key, within it the arrows, and a letter for what was seen.
 * One key makes normal what nobody has said anything of; what is left alone says nothing.
 */
export function Exam({ sets, set, value, onChange, errors, readOnly }: ExamProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const fresh = useRef<number | null>(null);
  const [at, setAt] = useState(0);
  const rows = systemsOf(set, value);
  const seen = (system: string) => value[system] ?? UNTOUCHED;
  const count = (finding: ExamFinding) =>
    rows.filter(({ system }) => findingOf(seen(system)) === finding).length;
  const [normal, findings] = [count("normal"), count("finding")];
  const say = (by: NoteSetRow | undefined, exam: TypedExam) =>
    onChange({ set: by?.set ?? "", set_version: by?.id ?? "", exam });
  const change = (exam: TypedExam) => say(set, exam);
  const sayOf = (system: string, changed: Partial<TypedSystem>) =>
    change({ ...value, [system]: { ...seen(system), ...changed } });
  const choose = (row: number, finding: ExamFinding) => {
    const { system = "", normal = "" } = rows[row] ?? {};
    if (readOnly || !system) return;
    sayOf(system, { finding, ...(finding === "normal" ? { normal: normal || seen(system).normal } : {}) });
    if (finding === "finding") fresh.current = row;
  };
  const field = (row: number, what: string) =>
    box.current?.querySelectorAll("[data-system]")[row]?.querySelector<HTMLElement>(what);
  // The keys go into the box for the words once it is there.
  useEffect(() => {
    if (fresh.current !== null) field(fresh.current, "textarea")?.focus();
    fresh.current = null;
  });
  const goTo = (row: number) => field(row, "[role=radio][data-stop=true]")?.focus();
  const press = (event: KeyboardEvent, row: number) => {
    const { key, nativeEvent } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || nativeEvent.isComposing) return;
    const step = STEPS[key];
    const finding = KEYS[key.toLocaleLowerCase()];
    if (step === undefined && !finding) return;
    event.preventDefault();
    if (finding) choose(row, finding);
    else goTo(row + (step ?? 0));
  };
  const go = (event: KeyboardEvent, row: number) => {
    const { key, shiftKey, ctrlKey, metaKey, nativeEvent } = event;
    if (key !== "Enter" || shiftKey || ctrlKey || metaKey || nativeEvent.isComposing) return;
    event.preventDefault();
    goTo(Math.min(row + 1, rows.length - 1));
  };
  return (
    <div className={style["exam"]} role="group" aria-label={t("visits.note.examination")}>
      <div className={style["head"]}>
        <span className={style["title"]}>{t("visits.note.examination")}</span>
        {sets.length > 0 && (
          <CompactSelect
            name="set"
            aria-label={t("visits.exam.choose_set")}
            value={set ? keyOfSet(set) : ""}
            disabled={readOnly}
            onChange={(event) =>
              say(
                sets.find((each) => keyOfSet(each) === event.currentTarget.value),
                value,
              )
            }
          >
            {sets.map((each) => (
              <option key={keyOfSet(each)} value={keyOfSet(each)}>
                {setWord(t, each.set)}
              </option>
            ))}
          </CompactSelect>
        )}
        <span className={style["counts"]}>
          {t("visits.exam.counts", {
            normal: `${normal}`,
            findings: `${findings}`,
            left: `${rows.length - normal - findings}`,
          })}
        </span>
        <Button
          shortcut="alt+N"
          disabled={readOnly || !set}
          onClick={() => set && change(allNormal(set, value))}
        >
          {t("visits.exam.all_normal")}
        </Button>
      </div>
      <div ref={box} className={style["systems"]}>
        {rows.map(({ system }, row) => (
          <System
            key={system}
            system={system}
            seen={seen(system)}
            isStop={row === Math.min(at, rows.length - 1)}
            error={errors[`exam/${system}/text`]}
            readOnly={readOnly}
            onFocus={() => setAt(row)}
            onChoose={(finding) => choose(row, finding)}
            onText={(text) => sayOf(system, { text })}
            onKey={(event) => press(event, row)}
            onTextKey={(event) => go(event, row)}
          />
        ))}
      </div>
      <p className={style["keys"]}>
        <KeyHint combo="N" /> {t("visits.exam.normal")} <KeyHint combo="A" /> {t("visits.exam.finding")}{" "}
        <KeyHint combo="-" /> {t("visits.exam.not_examined")} <KeyHint combo="ArrowDown" />{" "}
        {t("visits.exam.next")}
        <span>{t("visits.exam.left_alone")}</span>
      </p>
    </div>
  );
}

interface SystemProps {
  system: string;
  seen: TypedSystem;
  /** The Tab key stops here. */
  isStop: boolean;
  error: string | undefined;
  readOnly: boolean;
  onFocus: () => void;
  onChoose: (finding: ExamFinding) => void;
  onText: (text: string) => void;
  onKey: (event: KeyboardEvent) => void;
  onTextKey: (event: KeyboardEvent) => void;
}

function System({
  system,
  seen,
  isStop,
  error,
  readOnly,
  onFocus,
  onChoose,
  onText,
  onKey,
  onTextKey,
}: SystemProps) {
  const { t } = useTranslation();
  const word = systemWord(t, system);
  const finding = findingOf(seen);
  const told = { normal: seen.normal, not_examined: t("visits.exam.not_examined"), finding: "", "": "" }[
    finding
  ];
  return (
    <div className={style["system"]} data-system={system} data-finding={finding || "none"} onFocus={onFocus}>
      <span className={style["word"]}>{word}</span>
      <div className={style["three"]} role="radiogroup" aria-label={word}>
        {FINDINGS.map((each, place) => {
          const stops = finding ? finding === each : place === 0;
          return (
            <button
              key={each}
              type="button"
              role="radio"
              // By it the keys find back after a lock.
              name={`exam/${system}/${each}`}
              aria-checked={finding === each}
              aria-label={t(`visits.exam.${each}`)}
              data-stop={stops}
              tabIndex={isStop && stops ? 0 : -1}
              // Nothing is disabled that has the keys: they would be lost.
              aria-disabled={readOnly}
              onClick={() => onChoose(each)}
              onKeyDown={onKey}
            >
              {SIGNS[each]}
            </button>
          );
        })}
      </div>
      {finding === "finding" ? (
        <TextArea
          bare
          label={t("visits.exam.found", { system: word })}
          name={`exam/${system}/text`}
          value={seen.text}
          lines={1}
          onChange={onText}
          onKeyDown={onTextKey}
          error={error}
          readOnly={readOnly}
        />
      ) : (
        told && <p className={style["told"]}>{told}</p>
      )}
    </div>
  );
}
