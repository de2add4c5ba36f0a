import type { TFunction } from "i18next";
import { spoken } from "../i18n/spoken";

/** What people call a system; one that has no word here stands as it came. */
export function systemWord(t: TFunction, system: string): string {
  return spoken(t, `record.note.entry.exam.${system}`, system.replaceAll("_", " "));
}

/** What people call a set of systems; a clinic's own has its name. */
export function setWord(t: TFunction, set: string): string {
  return spoken(t, `visits.exam.set.${set}`, set);
}
