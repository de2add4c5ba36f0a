import type { NoteSection } from "../../../generated/NoteSection";
import type { SnippetRow } from "../../../generated/SnippetRow";

/** A stop: a place within a snippet that wants to be filled in. */
const STOP = /\{[^{}\n]+\}/g;
/** What may be a key: the word behind a dot that begins a word. */
const KEY = /(?:^|\s)\.(\S+)$/;

/** A text with a part of it marked. */
export interface Marked {
  text: string;
  from: number;
  to: number;
}

/** The snippet whose key ends at `caret`, and where that key begins; nothing where none does. */
export function snippetAt(
  text: string,
  caret: number,
  section: NoteSection,
  snippets: readonly SnippetRow[],
) {
  const key = KEY.exec(text.slice(0, caret))?.[1];
  const snippet = key && snippetFor(key, section, snippets);
  return snippet ? { from: caret - key.length - 1, opens: snippet.text } : null;
}

/** What a key opens into here: one's own before the clinic's before what is shipped, and of each the one for this part. */
export function snippetFor(key: string, section: NoteSection, snippets: readonly SnippetRow[]) {
  const known = snippets.filter((each) => each.key === key);
  const of = (whose: SnippetRow["of"], where: NoteSection | null) =>
    known.find((each) => each.of === whose && each.section === where);
  const ways = (["own", "clinic", "shipped"] as const).flatMap((whose) => [
    of(whose, section),
    of(whose, null),
  ]);
  return ways.find(Boolean) ?? null;
}

/** `text` with the key between `from` and `caret` opened, its first stop marked. */
export function openedAt(text: string, from: number, caret: number, opens: string): Marked {
  const whole = text.slice(0, from) + opens + text.slice(caret);
  const end = from + opens.length;
  const stop = stopAfter(whole, from);
  return stop && stop.to <= end ? stop : { text: whole, from: end, to: end };
}

/** The next stop of `text` from `at` on. */
export function stopAfter(text: string, at: number): Marked | null {
  STOP.lastIndex = at;
  const found = STOP.exec(text);
  return found ? { text, from: found.index, to: found.index + found[0].length } : null;
}

/** The first stop that nobody filled in. */
export function stopLeft(text: string): string | null {
  return stopAfter(text, 0) && (text.match(STOP)?.[0] ?? null);
}
