import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readDate, type DateSpan } from "../i18n/date-entry";
import type { UnreadDate } from "../i18n/unread-dates";
import { useDates } from "../i18n/use-dates";
import { TextField, type FieldProps } from "./fields";

interface DateFieldProps extends FieldProps {
  /** The site's day, `YYYY-MM-DD`. */
  today: string;
  /** No date after today is taken, unless it may lie on `any` side of it. */
  span?: DateSpan;
  /** It is a birth date, so the age is told too. */
  tellAge?: boolean;
  /** It stands, and cannot be changed now. */
  readOnly?: boolean;
  /** What was left in it and could not be read. */
  unread?: string | undefined;
  /** Hears what stands there and is not a date, and null once it is one or empty: a form must not save meanwhile. */
  onUnread?: (unread: UnreadDate | null) => void;
}

/**
 * A date with its precision, typed as it is said; `value` is the stored form (`1999-07-14`, `1999-07`, `1999`,
 * `~1999`), empty while what stands there is not a date. How it was read is shown at once, and the text takes the
 * written form when the field is left.
 */
export function DateField({
  value,
  onChange,
  today,
  span = "past",
  tellAge = false,
  error,
  hint,
  onBlur,
  unread = "",
  onUnread,
  ...field
}: DateFieldProps) {
  const { t } = useTranslation();
  const { date, age, months } = useDates();
  const [typed, setTyped] = useState(unread || (value && date(value)));
  const [left, setLeft] = useState(unread !== "");
  const read = typed.trim() ? readDate(typed, today, months, span) : null;
  const known = read && "date" in read ? read.date : null;
  const trouble = left && read && "trouble" in read ? read.trouble : null;
  const reading = known && [date(known), tellAge && age(known, today)].filter(Boolean).join(" · ");

  const change = (text: string) => {
    setTyped(text);
    setLeft(false);
    const now = readDate(text, today, months, span);
    onChange("date" in now ? now.date : "");
    onUnread?.(text.trim() && "trouble" in now ? { text, trouble: now.trouble } : null);
  };
  const leave = () => {
    if (known) setTyped(date(known));
    if (known && known !== value) {
      // What was left on another day may be a date by now.
      onChange(known);
      onUnread?.(null);
    }
    setLeft(true);
    onBlur?.();
  };
  return (
    <TextField
      {...field}
      value={typed}
      onChange={change}
      onBlur={leave}
      hint={reading && reading !== typed ? reading : (hint ?? t("date.hint"))}
      error={trouble ? t(`date.error.${trouble}`) : error}
      autoComplete="off"
    />
  );
}
