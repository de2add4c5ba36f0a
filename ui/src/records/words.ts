import type { TFunction } from "i18next";
import { spoken } from "../i18n/spoken";
import { isClaimKind } from "./kind";
import { claimAction, kindOf } from "./kinds";
import { numberOf, type Numbers } from "./numbering";

/** The fields that name teeth, by their kind. */
const NAME_TEETH: Readonly<Record<string, readonly string[]>> = {
  tooth_exam: ["sound", "as_before", "unerupted", "shed", "not_seen"],
  tooth_mark: ["tooth"],
  procedure: ["tooth", "agreed_teeth"],
};

/** What people call a kind of record. */
export function kindWord(t: TFunction, kind: string): string {
  return spoken(t, `record.${kind}.one`, kind.replaceAll("_", " "));
}

/** What people call the field at `path` (`birth_date`, `contacts/ID/value`) of a kind; an empty path stands for the record itself. */
export function fieldWord(t: TFunction, kind: string, path: string): string {
  const [name = "", entry = ""] = path.split("/");
  const own = spoken(t, `record.${kind}.field.${name}`, "");
  const named = entry && spoken(t, `record.${kind}.entry.${name}.${entry}`, "");
  return (
    [own, named].filter(Boolean).join(": ") ||
    spoken(t, `patients.field.${name || "record"}`, name.replaceAll("_", " "))
  );
}

/** A word of a closed set of a field, as its form says it. */
export function choiceWord(t: TFunction, kind: string, field: string, word: string): string {
  return spoken(t, `record.${kind}.word.${field}.${word}`, word);
}

/** The same as a row says it. */
export function rowWord(t: TFunction, kind: string, field: string, word: string): string {
  return spoken(t, `record.${kind}.said.${field}.${word}`, choiceWord(t, kind, field, word));
}

/** What the trail says of an action; one of a newer version stands as it came. */
export function actionWord(t: TFunction, action: string): string {
  return claimAction(t, action) ?? spoken(t, `trail.action.${action}`, action);
}

/** A value of a field for a person to read: words of closed sets, dates and yes and no in the shown language, teeth as they are numbered. */
export function valueWord(
  t: TFunction,
  date: (date: string) => string,
  numbers: Numbers,
  kind: string,
  path: string,
  value: string,
): string {
  const name = path.split("/").at(-1) ?? path;
  const flag = isClaimKind(kind) && kindOf(kind).form.some(({ name, as }) => name === path && as === "flag");
  if (flag || path === "deceased" || path === "no_known_allergies" || path === "inactive") {
    if (value === "true") return t("patients.yes");
    if (value === "false") return t("patients.no_word");
  }
  if (path === "role") return spoken(t, `role.${value}`, value);
  if (path === "active") return t(value === "true" ? "staff.active" : "staff.inactive");
  if (/^~?\d{4}(-\d{2}){0,2}$/.test(value)) return date(value);
  if (NAME_TEETH[kind]?.includes(name)) {
    return value
      .split(", ")
      .map((tooth) => numberOf(tooth, numbers))
      .join(", ");
  }
  return choiceWord(t, kind, name, value);
}
