import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Patient } from "../../../generated/Patient";
import type { Refused } from "../../../host/host";
import { withUnread, type UnreadDate, type UnreadDates } from "../../../i18n/unread-dates";

/** A person's details while they are typed. */
export interface DetailsTyping {
  details: Patient;
  /** It stands, for it is being written. */
  readOnly: boolean;
  set: (changed: Partial<Patient>) => void;
  /** What is wrong, by path. */
  errors: Record<string, string>;
  /** The dates that cannot be read yet. */
  unread: UnreadDates;
  onUnread: (path: string, now: UnreadDate | null) => void;
  /** Looks for what must not be saved; the path of the first fault, null when there is none. */
  check: () => string | null;
  /** Puts a refusal at the field that it names; false when it names none. */
  refuse: (refusal: Refused) => string | null;
}

/** Holds what is typed of a person's details, and what is wrong with it. */
export function useDetails(start: Patient, left: UnreadDates, readOnly: boolean): DetailsTyping {
  const { t } = useTranslation();
  const [details, setDetails] = useState(start);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [unread, setUnread] = useState(left);
  return {
    details,
    readOnly,
    set: (changed) => {
      if (readOnly) return;
      setDetails((all) => ({ ...all, ...changed }) as Patient);
      // What is being mended is not called wrong any more.
      setErrors((all) => Object.fromEntries(Object.entries(all).filter(([path]) => !(path in changed))));
    },
    errors,
    unread,
    onUnread: (path, now) => setUnread((all) => withUnread(all, path, now)),
    check: () => {
      const found: Record<string, string> = {};
      if (!details.family?.trim() && !details.given?.trim()) found["family"] = t("patients.name_required");
      for (const [path, { trouble }] of Object.entries(unread)) found[path] = t(`date.error.${trouble}`);
      setErrors(found);
      return Object.keys(found)[0] ?? null;
    },
    refuse: ({ code, fields }) => {
      const path = String(fields["field"] ?? "");
      if (!path || (code !== "missing" && code !== "invalid")) return null;
      setErrors({ [path]: t(code === "missing" ? "patients.required" : "patients.refused_value") });
      return path;
    },
  };
}
