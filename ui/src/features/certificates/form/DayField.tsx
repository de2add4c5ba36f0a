import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { TextField, type FieldProps } from "../../../components/fields";
import type { DateTrouble } from "../../../i18n/date-entry";
import { useDays } from "../use-days";
import { daysLater, readDay } from "./read-day";

interface DayFieldProps extends Omit<FieldProps, "hint"> {
  today: string;
  /** The first day of the stretch that this one ends. */
  from?: string;
  hint?: string;
  /** Hears why what stands there is no day, and null once it is one or empty. */
  onTrouble: (trouble: DateTrouble | null) => void;
}

/** A day with its weekday, `Sat 21-Nov-2026`; the arrow keys move it by one. */
export function DayField({
  value,
  onChange,
  today,
  from,
  hint,
  error,
  onTrouble,
  onBlur,
  ...field
}: DayFieldProps) {
  const { t } = useTranslation();
  const { written, months, weekdays } = useDays();
  const [typed, setTyped] = useState<string | null>(null);
  const [told, setTold] = useState<DateTrouble | null>(null);
  const shown = typed ?? (value && written(value));
  const read = typed?.trim() ? readDay(typed, { today, from, months, weekdays }) : null;
  const reading = read && "day" in read ? written(read.day) : null;
  const change = (text: string) => {
    setTyped(text);
    setTold(null);
    const now = text.trim() ? readDay(text, { today, from, months, weekdays }) : { day: "" };
    onChange("day" in now ? now.day : "");
    onTrouble("trouble" in now ? now.trouble : null);
  };
  const leave = () => {
    if (read && "trouble" in read) setTold(read.trouble);
    else setTyped(null);
    onBlur?.();
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || !value || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTyped(null);
    onTrouble(null);
    onChange(daysLater(value, by));
  };
  return (
    // The keys belong to the field within; this only hears them pass.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={step}>
      <TextField
        {...field}
        value={shown}
        onChange={change}
        onBlur={leave}
        hint={reading && reading !== typed ? reading : hint}
        error={told ? t(`certificates.day_error.${told === "no_such_day" ? told : "unreadable"}`) : error}
        autoComplete="off"
      />
    </div>
  );
}
