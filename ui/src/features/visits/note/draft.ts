import type { Diagnosis } from "../../../generated/Diagnosis";
import type { NoteText } from "../../../generated/NoteText";
import { storedOf, type Stored } from "../../../forms/changes";
import type { Typing } from "../../../forms/kept";
import { diagnosisText, saidOf, type Taken } from "./diagnosis";
import { broughtOf, examOf, type TypedBrought, type TypedExam, typedExam } from "./exam";

/** The parts of a note that are plain text, in the order in which they are read. */
export const TEXTS = ["concern", "history", "examination", "treatment", "plan", "remarks"] as const;
export type TextName = (typeof TEXTS)[number];

/** A diagnosis while it is typed: its name and code in one line. */
export interface TypedDiagnosis {
  id: string;
  text: string;
  primary: boolean;
  certainty: string;
  /** What a list gave for it. */
  taken?: Taken;
}

/** What the form of a note holds. */
export type NoteTyping = Record<TextName, string> & {
  diagnoses: TypedDiagnosis[];
  /** The set of systems; empty before anything is examined. */
  set: string;
  /** The version of it, where it is the clinic's own; else empty. */
  set_version: string;
  exam: TypedExam;
  brought: TypedBrought;
};

/** One more diagnosis, of which nothing is typed yet. */
export function freshDiagnosis(id: string, others: readonly TypedDiagnosis[]): TypedDiagnosis {
  return { id, text: "", primary: others.every(({ primary }) => !primary), certainty: "" };
}

/** The note as its form holds it. */
export function typingOf(note: NoteText): NoteTyping {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, note[name] ?? ""])) as Record<TextName, string>;
  const diagnoses = Object.entries(note.diagnoses ?? {}).map(([id, each]) => ({
    id,
    text: diagnosisText(each),
    primary: each.primary ?? false,
    certainty: each.certainty ?? "",
    ...(each.system ? { taken: takenOf(each) } : {}),
  }));
  const { set, set_version, exam, brought } = note;
  return {
    ...texts,
    diagnoses,
    set: set ?? "",
    set_version: set_version ?? "",
    exam: typedExam(exam),
    brought: brought ?? {},
  };
}

function takenOf({ name, code, system, version }: Diagnosis): Taken {
  return {
    ...(name ? { name } : {}),
    ...(code ? { code } : {}),
    ...(system ? { system } : {}),
    ...(version ? { version } : {}),
  };
}

/** What was typed as a command wants it: text trimmed, and what says nothing left out. */
export function textOf({ diagnoses, set, set_version, exam, brought, ...texts }: NoteTyping): NoteText {
  const said = TEXTS.flatMap((name) => (texts[name].trim() ? [[name, texts[name].trim()] as const] : []));
  const found = diagnoses
    .filter(({ text }) => text.trim())
    .map(({ id, text, primary, certainty, taken }): [string, Diagnosis] => [
      id,
      { ...saidOf(text, taken), ...(primary ? { primary } : {}), ...(certainty ? { certainty } : {}) },
    ]);
  const examined = examOf(exam);
  const stood = broughtOf(brought, texts);
  return {
    ...Object.fromEntries(said),
    ...(examined ? { exam: examined, ...(set ? { set } : {}), ...(set_version ? { set_version } : {}) } : {}),
    ...(Object.keys(stood).length > 0 ? { brought: stood } : {}),
    ...(found.length > 0 ? { diagnoses: Object.fromEntries(found) } : {}),
  };
}

/** What a note says by path, in whatever order its diagnoses came. */
export function storedNote(typing: NoteTyping): Map<string, Stored> {
  return storedOf(textOf(typing));
}

/** What was typed before this open note was known, upon it: what was not typed is as the note says. */
export function typedUpon(open: NoteText, { before, values: typing }: Typing<NoteTyping>): NoteTyping {
  const stands = typingOf(open);
  const typed = TEXTS.filter((name) => typing[name].trim() !== before[name].trim());
  const own = new Set(typing.diagnoses.map(({ id }) => id));
  const main = typing.diagnoses.some(({ primary }) => primary);
  const others = stands.diagnoses.filter(({ id }) => !own.has(id));
  const changed = Object.entries(typing.exam).filter(
    ([system, seen]) => JSON.stringify(seen) !== JSON.stringify(before.exam[system]),
  );
  const marks = Object.fromEntries(
    Object.entries(stands.brought).filter(([name]) => !typed.includes(name as TextName)),
  );
  return {
    ...stands,
    ...Object.fromEntries(typed.map((name) => [name, typing[name]])),
    ...(typing.set ? { set: typing.set, set_version: typing.set_version } : {}),
    exam: { ...stands.exam, ...Object.fromEntries(changed) },
    brought: { ...marks, ...typing.brought },
    // One of them is the main one.
    diagnoses: [
      ...others.map((each) => ({ ...each, primary: each.primary && !main })),
      ...typing.diagnoses.filter(({ text }) => text.trim()),
    ],
  };
}
