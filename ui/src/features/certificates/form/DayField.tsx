import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { TextField, type FieldProps } from "../../../components/fields";
import type { UnreadDate } from "../../../i18n/unread-dates";
import { useDays } from "../use-days";
import { daysLater, readDay } from "./read-day";

interface DayFieldProps extends Omit<FieldProps, "hint"> {
  today: string;
  /** The first day of the stretch that this one ends. */
  from?: string;
  hint?: string;
  /** What was left in it and could not be read. */
  unread?: string | undefined;
  /** Hears what stands there and is no day, and null once it is one or empty. */
  onUnread: (unread: UnreadDate | null) => void;
}

/** A day with its weekday, `Sat 21-Nov-2026`; the arrow keys move it by one. */
export function DayField({
  value,
  onChange,
  today,
  from,
  hint,
  error,
  unread,
  onUnread,
  onBlur,
  ...field
}: DayFieldProps) {
  const { t } = useTranslation();
  const { written, months, weekdays } = useDays();
  const [typed, setTyped] = useState(unread ?? null);
  const [left, setLeft] = useState(unread !== undefined);
  const shown = typed ?? (value && written(value));
  const read = typed?.trim() ? readDay(typed, { today, from, months, weekdays }) : null;
  const trouble = left && read && "trouble" in read ? read.trouble : null;
  const reading = read && "day" in read ? written(read.day) : null;
  const change = (text: string) => {
    setTyped(text);
    setLeft(false);
    const now = text.trim() ? readDay(text, { today, from, months, weekdays }) : { day: "" };
    onChange("day" in now ? now.day : "");
    onUnread("trouble" in now ? { text, trouble: now.trouble } : null);
  };
  const leave = () => {
    if (!read || "day" in read) setTyped(null);
    if (read && "day" in read && read.day !== value) {
      // What was left in other words or on another day may be a day by now.
      onChange(read.day);
      onUnread(null);
    }
    setLeft(true);
    onBlur?.();
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || !value || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTyped(null);
    onUnread(null);
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
        error={
          trouble ? t(`certificates.day_error.${trouble === "no_such_day" ? trouble : "unreadable"}`) : error
        }
        autoComplete="off"
      />
    </div>
  );
}
