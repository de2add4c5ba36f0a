import type { TFunction } from "i18next";
import type { Stored } from "../../../forms/changes";
import type { Errors, RecordForm } from "../../../forms/use-record-form";
import type { Patient } from "../../../generated/Patient";

/** Signs that nobody sees and that turn round what follows (UAX #9, explicit formatting). */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** A person's details while they are typed. */
export type DetailsTyping = RecordForm<Patient>;

type Entry = Record<string, string | boolean | undefined>;

/** The lists of a person's details, and the parts of an entry without which it says nothing. */
export const LISTS = {
  contacts: ["value"],
  identifiers: ["value"],
  addresses: ["line", "city", "region", "postcode", "country"],
  relations: ["name", "phone"],
} as const;
export type ListName = keyof typeof LISTS;

/** The details as they are stored: text trimmed, nothing empty, no entry that says nothing. */
export function tidied(details: Patient): Patient {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(details)) {
    if (isList(name)) {
      const entries = Object.entries((value ?? {}) as Record<string, Entry>)
        .map(([id, entry]) => [id, filled(entry)] as const)
        .filter(([, entry]) => LISTS[name].some((part) => entry[part]));
      if (entries.length > 0) kept[name] = Object.fromEntries(entries);
    } else Object.assign(kept, filled({ [name]: value as string | boolean | undefined }));
  }
  return kept;
}

/** The details by path (`family`, `contacts/ID/value`), as they are stored. */
export function storedDetails(details: Patient): Map<string, Stored> {
  const found = new Map<string, Stored>();
  for (const [name, value] of Object.entries(tidied(details))) {
    if (!isList(name)) found.set(name, value as Stored);
    else {
      for (const [id, entry] of Object.entries(value as Record<string, Entry>)) {
        for (const [part, text] of Object.entries(entry)) found.set(`${name}/${id}/${part}`, text as Stored);
      }
    }
  }
  return found;
}

function isList(name: string): name is ListName {
  return name in LISTS;
}

function filled(fields: Entry): Entry {
  const trimmed = Object.entries(fields).map(([name, value]) => [
    name,
    // What is pasted brings tabs, line breaks and signs that turn the writing round, which no name has.
    typeof value === "string" ? value.replace(TURNING, "").replace(/\s+/g, " ").trim() : value,
  ]);
  return Object.fromEntries(
    trimmed.filter(([, value]) => value !== "" && value !== undefined && value !== null),
  );
}

/** Nobody is registered without a name. */
export function nameless(t: TFunction, { family, given }: Patient): Errors {
  return family?.trim() || given?.trim() ? {} : { family: t("patients.name_required") };
}
