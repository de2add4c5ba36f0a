import type { TFunction } from "i18next";

/**
 * What people call the field at `path` (`birth_date`, `contacts/ID/value`), of a person or of a claim; an empty path
 * stands for the record itself.
 */
export function fieldWord(t: TFunction, path: string): string {
  const [name = ""] = path.split("/");
  return t(`patients.field.${name || "record"}` as never, {
    defaultValue: name.replace(/_/g, " "),
  }) as string;
}
