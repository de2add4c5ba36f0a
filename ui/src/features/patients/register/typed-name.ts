import type { Patient } from "../../../generated/Patient";
import { readDate } from "../../../i18n/date-entry";
import { entryId } from "../../../host/entry-id";

/**
 * What was typed to find a person who is not here, as the beginning of their registration. A comma parts family from
 * given names; without one the last word is taken for the family, which can be exchanged. A date is a birth date, any
 * other word with digits a number.
 */
export function typedPerson(typed: string, today: string, months: readonly string[]): Patient {
  const words = typed.trim().split(/\s+/).filter(Boolean);
  const isNumber = (word: string) => /\d/.test(word);
  const person: Patient = {};
  for (const word of words.filter(isNumber)) {
    const read = readDate(word, today, months);
    if ("date" in read) person.birth_date = read.date;
    else person.identifiers = { ...person.identifiers, [entryId()]: { system: "student", value: word } };
  }
  const names = words.filter((word) => !isNumber(word)).join(" ");
  const comma = names.indexOf(",");
  const last = names.lastIndexOf(" ");
  const [family, given] =
    comma >= 0
      ? [names.slice(0, comma), names.slice(comma + 1)]
      : [names.slice(last + 1), last > 0 ? names.slice(0, last) : ""];
  if (family.trim()) person.family = capitalised(family.trim());
  if (given.trim()) person.given = capitalised(given.trim());
  return person;
}

/** Each word with a capital, where it was typed all in small letters. */
function capitalised(name: string): string {
  if (name !== name.toLowerCase()) return name;
  return name.replace(
    /(^|[\s'’-])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
