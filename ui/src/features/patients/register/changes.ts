import type { Patient } from "../../../generated/Patient";

/** Signs that nobody sees and that turn round what follows (UAX #9, explicit formatting). */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

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

/**
 * The changed fields by path (`family`, `contacts/ID/value`); null for what was taken away. An entry that is gone
 * loses each of its parts.
 */
export function changes(before: Patient, after: Patient): Record<string, string | boolean | null> {
  const [old, now] = [paths(tidied(before)), paths(tidied(after))];
  const changed: Record<string, string | boolean | null> = {};
  for (const [path, value] of now) if (old.get(path) !== value) changed[path] = value;
  for (const path of old.keys()) if (!now.has(path)) changed[path] = null;
  return changed;
}

function paths(details: Patient): Map<string, string | boolean> {
  const found = new Map<string, string | boolean>();
  for (const [name, value] of Object.entries(details)) {
    if (!isList(name)) found.set(name, value as string | boolean);
    else {
      for (const [id, entry] of Object.entries(value as Record<string, Entry>)) {
        for (const [part, text] of Object.entries(entry)) found.set(`${name}/${id}/${part}`, text as string);
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
