const split = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function letters(word: string): string[] {
  return [...split.segment(word)].map((part) => part.segment).filter((g) => /[\p{L}\p{N}]/u.test(g));
}

/**
 * The one or two letters that stand for a name: first and last word's first, or the first two of a single word.
 * Letters are whole ones of any script, so a mark never loses its base.
 */
export function initials(name: string): string {
  const words = name.split(/[\s,]+/).filter((word) => letters(word).length > 0);
  const first = letters(words[0] ?? "");
  const picked = words.length > 1 ? [first[0], letters(words.at(-1) ?? "")[0]] : first.slice(0, 2);
  return picked.join("").toLocaleUpperCase();
}
