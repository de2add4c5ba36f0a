import type { RecordId } from "../generated/RecordId";
import type { UnreadDates } from "../i18n/unread-dates";

/** What a form had seen when its typing began. */
export interface Seen {
  /** The version of the record; null where there is none yet. */
  version: number | null;
  /** The open note. */
  note?: RecordId | null;
  /** The visit to which it belongs. */
  visit?: RecordId | null;
  /** When the typing began, in milliseconds since 1970. */
  since?: number;
}

/** The typing of a form: what was seen when it began, what it began with, and what is typed. */
export interface Typing<Values> {
  seen: Seen;
  before: Values;
  values: Values;
  /** The dates that cannot be read yet. */
  unread: UnreadDates;
}

/** The typing as it is kept. */
export function writeTyping<Values>({ seen, before, values, unread }: Typing<Values>): string {
  return JSON.stringify({ ...seen, before, values, unread });
}

type Fields = Record<string, unknown>;

/** The typing of a kept text, for a form that begins with `blank`; null where another kind of form wrote it. */
export function readTyping<Values extends object>(text: string, blank: Values): Typing<Values> | null {
  const kept = fieldsOf(text);
  if (!kept) return null;
  const { version, note, visit, since, before, values, typing, unread, ...rest } = kept;
  // Before all forms kept their typing alike, a note called it `typing`, and two others kept the bare fields.
  const typed = values ?? typing ?? (Object.keys(rest).length > 0 ? rest : null);
  if (!isFields(typed) || (values !== undefined && !isFields(before))) return null;
  const found = isFields(before) ? before : {};
  return {
    seen: {
      version: typeof version === "number" ? version : null,
      ...(note === undefined ? {} : { note: note as RecordId | null }),
      ...(visit === undefined ? {} : { visit: visit as RecordId | null }),
      ...(typeof since === "number" ? { since } : {}),
    },
    before: upon(blank, found),
    values: upon(blank, typed),
    unread: isFields(unread) ? (unread as UnreadDates) : {},
  };
}

/** What a kept text holds, by field: of a form its values, of plain words those alone. */
export function typedFields(text: string): Record<string, unknown> {
  return { ...(readTyping(text, {})?.values ?? (fieldsOf(text) ? {} : { text })) };
}

/** Whether the fields of a form were kept, and no plain words. */
export function isForm(text: string): boolean {
  return fieldsOf(text) !== null;
}

/** `kept` upon `blank`: a field of another kind than the form has there stays blank. */
function upon<Values extends object>(blank: Values, kept: Fields): Values {
  const own = blank as Fields;
  const fits = Object.entries(kept).filter(([name, value]) => !(name in own) || alike(own[name], value));
  return { ...blank, ...Object.fromEntries(fits) };
}

function alike(one: unknown, other: unknown): boolean {
  return typeof one === typeof other && Array.isArray(one) === Array.isArray(other);
}

function fieldsOf(text: string): Fields | null {
  try {
    const read: unknown = JSON.parse(text);
    return isFields(read) ? read : null;
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
