import { IconAlertTriangle } from "@tabler/icons-react";
import { Fragment, useId, type KeyboardEvent } from "react";
import style from "./NumberBox.module.css";

/** One number of a box: its name, what stands there, and what was done with it. */
export interface NumberPart {
  name: string;
  /** What it is, where the box has several. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  onBlur?: () => void;
  wrong: boolean;
  /** It stands, and cannot be changed now. */
  readOnly?: boolean;
}

interface NumberBoxProps {
  label: string;
  /** Muted behind the number. */
  unit: string;
  /** Numbers that belong together stand in one box, as the two of a blood pressure. */
  parts: readonly NumberPart[];
  /** What is wrong or is asked, below the box; read out when it appears. */
  trouble: string | null;
}

/** A number with its unit, at the right as numbers stand. */
export function NumberBox({ label, unit, parts, trouble }: NumberBoxProps) {
  const id = useId();
  const several = parts.length > 1;
  return (
    <div className={style["field"]} {...(several ? { role: "group", "aria-labelledby": `${id}-label` } : {})}>
      {several ? (
        <span id={`${id}-label`} className={style["label"]}>
          {label}
        </span>
      ) : (
        <label htmlFor={`${id}-${parts[0]?.name}`} className={style["label"]}>
          {label}
        </label>
      )}
      <div className={style["box"]} data-wrong={parts.some(({ wrong }) => wrong)}>
        {parts.map((part, at) => (
          <Fragment key={part.name}>
            {at > 0 && (
              <span className={style["between"]} aria-hidden="true">
                /
              </span>
            )}
            <input
              id={`${id}-${part.name}`}
              name={part.name}
              inputMode="decimal"
              autoComplete="off"
              spellCheck={false}
              {...(several ? { "aria-label": part.label } : {})}
              aria-describedby={`${id}-unit ${id}-trouble`}
              aria-invalid={part.wrong}
              readOnly={part.readOnly}
              value={part.value}
              onChange={(event) => part.onChange(event.currentTarget.value)}
              onKeyDown={part.onKeyDown}
              onBlur={part.onBlur}
            />
          </Fragment>
        ))}
        <span id={`${id}-unit`} className={style["unit"]}>
          {unit}
        </span>
      </div>
      <span id={`${id}-trouble`} role="status" className={style["trouble"]}>
        {trouble && (
          <>
            <IconAlertTriangle size="0.875rem" stroke={2} aria-hidden="true" />
            {trouble}
          </>
        )}
      </span>
    </div>
  );
}
