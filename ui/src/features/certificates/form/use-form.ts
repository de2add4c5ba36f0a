import type { TFunction } from "i18next";
import type { Errors, RecordForm } from "../../../forms/use-record-form";
import type { Refused } from "../../../host/host";
import type { UnreadDates } from "../../../i18n/unread-dates";
import { isField, type FieldName, type Values } from "./values";

/** What is typed of a certificate. */
export type Form = RecordForm<Values>;

/** The fields in which text is typed. */
type Typed =
  | "limits"
  | "reason"
  | "recommendation"
  | "diagnosis"
  | "addressee"
  | "came_at"
  | "left_at"
  | "sent_with"
  | "pd"
  | "pd_near";

/** What a field needs in which text is typed. */
export function typed(t: TFunction, { values, set, errors, busy }: Form, name: Typed) {
  return {
    label: t(`certificates.field.${name}`),
    name,
    value: values[name],
    onChange: (text: string) => set({ [name]: text }),
    error: errors[name],
    readOnly: busy,
  };
}

/** What anybody can see to be wrong, by field: the last day before the first. */
export function impossible(t: TFunction, { from, until }: Values): Errors {
  return from && until && until < from ? { until: t("certificates.wrong_days") } : {};
}

/** What must not be sent, by field; `lacking` are the fields that its template asks for. */
export function lacks(t: TFunction, values: Values, unread: UnreadDates, lacking: readonly string[]): Errors {
  const empty = lacking
    .filter(isField)
    .filter((name) => isLens(name) || values[name] === "" || values[name] === false);
  return {
    ...Object.fromEntries(empty.map((name) => [name, t("certificates.required")])),
    ...impossible(t, values),
    ...Object.fromEntries(Object.keys(unread).map((name) => [name, t("certificates.day_error.unreadable")])),
  };
}

/** A lens may be there and still have an open axis. */
function isLens(name: FieldName) {
  return name === "right" || name === "left";
}

/** What a refusal says at a field of a certificate; null where it names none. */
export function refusedAt(t: TFunction, { code, fields }: Refused): Errors | null {
  const name = String(fields["field"] ?? "");
  // What is wrong with the refraction is told with its reason, above the fields.
  if (name === "refraction" && fields["reason"]) return null;
  if (isField(name) && code === "implausible") return { [name]: t("certificates.ask_meant") };
  if (!isField(name) || (code !== "missing" && code !== "invalid")) return null;
  return { [name]: t(code === "missing" ? "certificates.required" : `certificates.${wrong(name)}`) };
}

function wrong(name: FieldName) {
  if (name === "came_at" || name === "left_at") return "wrong_time";
  return name === "until" || name === "from" ? "wrong_days" : "refused_value";
}
