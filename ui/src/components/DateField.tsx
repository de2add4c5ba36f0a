import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readDate, type DateSpan, type DateTrouble } from "../i18n/date-entry";
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
  /** Hears why what stands there is not a date, and null once it is one or empty: a form must not save meanwhile. */
  onTrouble?: (trouble: DateTrouble | null) => void;
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
  onTrouble,
  ...field
}: DateFieldProps) {
  const { t } = useTranslation();
  const { date, age, months } = useDates();
  const [typed, setTyped] = useState(value && date(value));
  const [told, setTold] = useState<DateTrouble | null>(null);
  const read = typed.trim() ? readDate(typed, today, months, span) : null;
  const known = read && "date" in read ? read.date : null;
  const reading = known && [date(known), tellAge && age(known, today)].filter(Boolean).join(" · ");

  const change = (text: string) => {
    setTyped(text);
    setTold(null);
    const now = readDate(text, today, months, span);
    onChange("date" in now ? now.date : "");
    onTrouble?.(text.trim() && "trouble" in now ? now.trouble : null);
  };
  const leave = () => {
    if (known) setTyped(date(known));
    else if (read && "trouble" in read) setTold(read.trouble);
    onBlur?.();
  };
  return (
    <TextField
      {...field}
      value={typed}
      onChange={change}
      onBlur={leave}
      hint={reading && reading !== typed ? reading : (hint ?? t("date.hint"))}
      error={told ? t(`date.error.${told}`) : error}
      autoComplete="off"
    />
  );
}
