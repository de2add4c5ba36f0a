import type { TFunction } from "i18next";
import type { NoteSetRow } from "../generated/NoteSetRow";
import { spoken } from "../i18n/spoken";

/** What people call a system; one that has no word here stands as it came. */
export function systemWord(t: TFunction, system: string): string {
  return spoken(t, `record.note.entry.exam.${system}`, system.replaceAll("_", " "));
}

/** What people call a set of systems; a clinic's own has its name. */
export function setWord(t: TFunction, set: string): string {
  return spoken(t, `visits.exam.set.${set}`, set);
}

/** By what the one set among several is told: the version where it is the clinic's own, else its word. */
export const keyOfSet = ({ id, set }: NoteSetRow) => id ?? set;
