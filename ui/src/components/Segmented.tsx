import { Input } from "@mantine/core";
import { useId, type KeyboardEvent, type ReactNode } from "react";
import { FieldTrouble, Label } from "./fields";
import style from "./Segmented.module.css";

interface SegmentedProps<V extends string> {
  label: string;
  mark?: ReactNode;
  /** Empty while nothing is chosen. */
  value: V | "";
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
  error?: string | null | undefined;
  required?: boolean;
}

/** One of a few, all in sight; the arrow keys choose, and so does an option's first letter. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const id = useId();
  const { label, mark, value, options, onChange, error, required = false } = props;
  const chooseByLetter = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    const letter = event.key.toLocaleLowerCase();
    const begins = options.filter((option) => option.label.toLocaleLowerCase().startsWith(letter));
    // Of several that begin so, the next one; behind the last the first again.
    const meant = begins[begins.findIndex((option) => option.value === value) + 1] ?? begins[0];
    if (!meant) return;
    event.preventDefault();
    onChange(meant.value);
    const radios = event.currentTarget.closest("[role=radiogroup]")?.querySelectorAll("input");
    radios?.[options.indexOf(meant)]?.focus();
  };
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={<Label text={label} mark={mark} />}
      labelProps={{ id: `${id}-label` }}
      error={error ? <FieldTrouble text={error} /> : null}
      errorProps={{ id: `${id}-error` }}
      withAsterisk={required}
    >
      <div
        className={style["group"]}
        role="radiogroup"
        aria-labelledby={`${id}-label`}
        aria-required={required}
        {...(error ? { "aria-invalid": true, "aria-describedby": `${id}-error` } : {})}
      >
        {options.map((option) => (
          <label key={option.value} className={style["option"]}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onKeyDown={chooseByLetter}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </Input.Wrapper>
  );
}
