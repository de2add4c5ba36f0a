import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Refused } from "../../../host/host";
import { withUnread, type UnreadDate, type UnreadDates } from "../../../i18n/unread-dates";
import { isField, type FieldName, type Values } from "./values";

/** What is typed of a certificate, and what is wrong with it. */
export interface Form {
  values: Values;
  set: (changed: Partial<Values>) => void;
  errors: Partial<Record<FieldName, string>>;
  /** The days that cannot be read yet. */
  unread: UnreadDates;
  onUnread: (name: FieldName, now: UnreadDate | null) => void;
  /** Tells what must not be sent, at its field; false when there is such. `lacking` are the fields asked for. */
  check: (lacking: readonly string[]) => boolean;
  /** Tells a refusal at the field that it names; false when it names none. */
  refuse: (refused: Refused) => boolean;
  /** The element around the fields, to find the one that is wrong. */
  around: HTMLElement | null;
  setAround: (node: HTMLElement | null) => void;
}

/** Holds a certificate's form. */
export function useForm(start: Values, left: UnreadDates = {}): Form {
  const { t } = useTranslation();
  const [values, setValues] = useState(start);
  const [errors, setErrors] = useState<Form["errors"]>({});
  const [unread, setUnread] = useState(left);
  const [around, setAround] = useState<HTMLElement | null>(null);
  const focusOn = (name: FieldName) => {
    const place = around?.querySelector(`[data-field="${name}"]`);
    const control = "input:checked, input, select, textarea";
    place?.querySelector<HTMLElement>(control)?.focus();
  };
  const tellAt = (found: Form["errors"]) => {
    setErrors(found);
    const first = Object.keys(found)[0] as FieldName | undefined;
    if (first) focusOn(first);
    return first === undefined;
  };
  return {
    values,
    set: (changed) => {
      setValues((all) => ({ ...all, ...changed }));
      // What is being mended is not called wrong any more.
      setErrors((all) => Object.fromEntries(Object.entries(all).filter(([name]) => !(name in changed))));
    },
    errors,
    unread,
    onUnread: (name, now) => setUnread((all) => withUnread(all, name, now)),
    check: (lacking) => {
      const found: Form["errors"] = {};
      for (const name of lacking.filter(isField)) {
        if (values[name] === "" || values[name] === false) found[name] = t("certificates.required");
      }
      for (const name of Object.keys(unread).filter(isField)) {
        found[name] = t("certificates.day_error.unreadable");
      }
      return tellAt(found);
    },
    refuse: ({ code, fields }) => {
      const name = String(fields["field"] ?? "");
      if (!isField(name) || (code !== "missing" && code !== "invalid")) return false;
      tellAt({ [name]: t(code === "missing" ? "certificates.required" : `certificates.${wrong(name)}`) });
      return true;
    },
    around,
    setAround,
  };
}

function wrong(name: FieldName) {
  return name === "until" || name === "from" ? "wrong_days" : "refused_value";
}
