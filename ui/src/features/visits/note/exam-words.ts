import type { TFunction } from "i18next";
import { spoken } from "../../../i18n/spoken";

/** What people call a system; one that has no word here stands as it came. */
export function systemWord(t: TFunction, system: string): string {
  return spoken(t, `record.note.entry.exam.${system}`, system.replaceAll("_", " "));
}
