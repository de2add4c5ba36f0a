import type { FileFrom } from "../../../generated/FileFrom";
import type { RecordId } from "../../../generated/RecordId";
import type { Refused } from "../../../host/host";
import type { Looked, Sort } from "../types";
import type { Taken } from "./run";

/** What is typed of one file; what is not typed is what the file says of itself. */
export interface Typed {
  /** The id by which the program has its bytes, for as long as it has them. */
  brought?: string;
  title?: string;
  sort?: string;
  taken_on?: string;
  note?: string;
}

/** The values of the form: what is typed, by what each file is called. */
export interface Values {
  files: Record<string, Typed>;
}

/** What is said of one file, typed or by itself. */
export interface Said {
  title: string;
  sort: string;
  taken_on: string;
  note: string;
}

/** A file of the form: in hand, or only remembered by what was typed of it. */
export interface Card {
  name: string;
  taken: Taken | undefined;
  typed: Typed;
  /** Where its bytes are; null while they are handed over, and where they are gone. */
  from: FileFrom | null;
}

/** How far a file of the form is. */
export type CardState = "bringing" | "ready" | "stopped" | "refused" | "gone";

/** What the program says of a file. */
export interface Look {
  data: Looked | undefined;
  error: Refused | null;
}

/** The files in hand, and those of which only the words are left, without those that are in the chart by now. */
export function cardsOf(taken: readonly Taken[], { files }: Values, done: readonly string[]): Card[] {
  const left = Object.keys(files).filter((name) => !taken.some((each) => each.name === name));
  const names = [...taken.map(({ name }) => name), ...left].filter((name) => !done.includes(name));
  return names.map((name) => {
    const one = taken.find((each) => each.name === name);
    const typed = files[name] ?? {};
    return { name, taken: one, typed, from: placeOf(name, one, typed) };
  });
}

function placeOf(name: string, taken: Taken | undefined, { brought }: Typed): FileFrom | null {
  if (taken?.tray) return { tray: name };
  const id = taken ? taken.brought : (brought ?? null);
  return id === null ? null : { brought: id };
}

/** What is said of it: what was typed, else what the file says, else a guess by what it looks like. */
export function saidOf({ name, taken, typed }: Card, looked?: Looked): Said {
  return {
    title: typed.title ?? looked?.title ?? "",
    sort: typed.sort ?? guess(name, taken?.type ?? looked?.original_type ?? ""),
    taken_on: typed.taken_on ?? looked?.taken_on ?? "",
    note: typed.note ?? "",
  };
}

/** A picture is a photograph unless somebody says otherwise; of a paper nobody can tell. */
function guess(name: string, type: string): string {
  if (type === "application/dicom" || name.toLowerCase().endsWith(".dcm")) return "xray";
  return type.startsWith("image/") ? "photo" : "";
}

/** How far it is. */
export function stateOf({ taken, from }: Card, { data, error }: Look): CardState {
  if (taken?.refused) return "refused";
  if (error) return error.code === "not_found" ? "gone" : "refused";
  if (from === null) return taken ? "bringing" : "gone";
  if (!data) return "bringing";
  return data.differs.length > 0 && !taken?.confirmed ? "stopped" : "ready";
}

/** The path of a field of the form. */
export function pathOf(name: string, field: keyof Said): string {
  return `files/${name}/${field}`;
}

/** The values without those of these files. */
export function without({ files }: Values, names: readonly string[]): Values {
  return { files: Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name))) };
}

/** What a command is told of a file. */
export function detailsOf({ title, sort, taken_on, note }: Said) {
  return {
    title: title.trim(),
    sort: sort as Sort,
    ...(taken_on ? { taken_on } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
}

/** What a command is asked about it: the same question until one of these changes. */
export function questionOf(card: Card, patient: RecordId) {
  const { sort } = saidOf(card);
  return { file: card.from ?? { brought: "" }, patient, sort: (sort || null) as Sort | null };
}
