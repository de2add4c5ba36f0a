import type { Diagnosis } from "../../../generated/Diagnosis";
import type { NoteText } from "../../../generated/NoteText";
import type { RecordId } from "../../../generated/RecordId";
import type { Left } from "../../../host/use-left";
import { diagnosisText, readDiagnosis } from "./diagnosis";

/** The parts of a note that are plain text, in the order in which they are read. */
export const TEXTS = ["concern", "history", "examination", "treatment", "plan", "remarks"] as const;
export type TextName = (typeof TEXTS)[number];

/** A diagnosis while it is typed: its name and code in one line. */
export interface TypedDiagnosis {
  id: string;
  text: string;
  primary: boolean;
  certainty: string;
}

/** What the form of a note holds. */
export type NoteTyping = Record<TextName, string> & { diagnoses: TypedDiagnosis[] };

/** A note while it is written: the record that was seen, and what is typed. */
export interface NoteDraft {
  note: RecordId | null;
  version: number | null;
  before: NoteText;
  typing: NoteTyping;
}

/** The note as its form holds it. */
export function typingOf(note: NoteText): NoteTyping {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, note[name] ?? ""])) as Record<TextName, string>;
  const diagnoses = Object.entries(note.diagnoses ?? {}).map(([id, each]) => ({
    id,
    text: diagnosisText(each),
    primary: each.primary ?? false,
    certainty: each.certainty ?? "",
  }));
  return { ...texts, diagnoses };
}

/** What was typed as a command wants it: text trimmed, and what says nothing left out. */
export function textOf({ diagnoses, ...texts }: NoteTyping): NoteText {
  const said = TEXTS.flatMap((name) => (texts[name].trim() ? [[name, texts[name].trim()] as const] : []));
  const found = diagnoses
    .filter(({ text }) => text.trim())
    .map(({ id, text, primary, certainty }): [string, Diagnosis] => [
      id,
      { ...readDiagnosis(text), ...(primary ? { primary } : {}), ...(certainty ? { certainty } : {}) },
    ]);
  return {
    ...Object.fromEntries(said),
    ...(found.length > 0 ? { diagnoses: Object.fromEntries(found) } : {}),
  };
}

/** Whether two notes say the same, in whatever order their diagnoses came. */
export function sameNote(one: NoteText, other: NoteText): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(note: NoteText): unknown {
  const found = Object.entries(note.diagnoses ?? {}).sort(([a], [b]) => a.localeCompare(b));
  const plain = found.map(([id, { name = "", code = "", primary = false, certainty = "" }]) => [
    id,
    name,
    code,
    primary,
    certainty,
  ]);
  return [TEXTS.map((name) => note[name]?.trim() ?? ""), plain];
}

/** What was typed before this open note was known, upon it: what was not typed is as the note says. */
export function typedUpon(open: NoteText, { before, typing }: NoteDraft): NoteTyping {
  const stands = typingOf(open);
  const typed = TEXTS.filter((name) => typing[name].trim() !== (before[name] ?? "").trim());
  const own = new Set(typing.diagnoses.map(({ id }) => id));
  const main = typing.diagnoses.some(({ primary }) => primary);
  const others = stands.diagnoses.filter(({ id }) => !own.has(id));
  return {
    ...stands,
    ...Object.fromEntries(typed.map((name) => [name, typing[name]])),
    // One of them is the main one.
    diagnoses: [
      ...others.map((each) => ({ ...each, primary: each.primary && !main })),
      ...typing.diagnoses.filter(({ text }) => text.trim()),
    ],
  };
}

/** The draft as scratch keeps it. */
export function draftText(draft: NoteDraft): string {
  return JSON.stringify(draft);
}

/** The draft that was left; null when there is none that can be read. */
export function keptDraft({ row }: Left): NoteDraft | null {
  try {
    const { note, version, before, typing } = JSON.parse(row?.text ?? "{}") as Partial<NoteDraft>;
    if (!typing || !Array.isArray(typing.diagnoses)) return null;
    const whole = { ...typingOf({}), ...typing };
    return { note: note ?? null, version: version ?? null, before: before ?? {}, typing: whole };
  } catch {
    return null;
  }
}
