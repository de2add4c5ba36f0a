import { IconChevronDown } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import type { PlaceProps } from "./ValueBox";
import style from "./forms.module.css";

export interface Option {
  value: string;
  label: string;
}

interface ChoiceBoxProps extends PlaceProps {
  /** What it says while nothing is chosen. */
  none: string;
  options: readonly Option[];
}

/** One of a list; its place by digit, or by the first letter, with no list to open. */
export function ChoiceBox(props: ChoiceBoxProps) {
  const {
    name,
    label,
    value,
    onChange,
    onKeyDown,
    onLeave,
    wrong = false,
    told,
    readOnly,
    none,
    options,
  } = props;
  const press = (event: KeyboardEvent<HTMLSelectElement>) => {
    onKeyDown?.(event);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const meant = optionBy(options, event.key, value);
    if (!meant) return;
    event.preventDefault();
    onChange(meant.value);
  };
  return (
    <span className={style["choice"]}>
      <select
        className={style["box"]}
        data-words="true"
        name={name}
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={told}
        disabled={readOnly}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={onLeave}
      >
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <IconChevronDown size="0.875rem" stroke={1.8} aria-hidden="true" />
    </span>
  );
}

/**
 * The option that a key means: its place by digit, or the next one after `value` that begins with the letter; a label
 * that itself begins with digits is meant by the first of them. A star adds one to what is chosen, or takes it away.
 */
export function optionBy(options: readonly Option[], key: string, value: string): Option | undefined {
  if (key === "*") {
    const label = options.find((option) => option.value === value)?.label ?? "";
    return options.find((option) => option.label === `${label}*` || label === `${option.label}*`);
  }
  if (key.length !== 1 || !/[\p{L}\d]/u.test(key)) return undefined;
  const letter = key.toLocaleLowerCase();
  const begin = options.filter(({ label }) => label.toLocaleLowerCase().startsWith(letter));
  if (begin.length === 0) return /[1-9]/.test(key) ? options[Number(key) - 1] : undefined;
  const at = begin.findIndex((option) => option.value === value);
  return begin[(at + 1) % begin.length];
}
