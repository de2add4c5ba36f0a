import type { Texts } from "./types";

const ACCENTS: Record<string, string> = Object.fromEntries(
  [..."aåeéiîoöuüyýcçnñsšzžAÅEÉIÎOÖUÜYÝCÇNÑSŠZŽ"].flatMap((letter, at, all) =>
    at % 2 === 0 ? [[letter, all[at + 1] ?? letter]] : [],
  ),
);

/** How much longer than English other languages are taken to be. */
const GROWTH = 0.4;

/** English made strange: accented, 40 % longer, in brackets; `{{values}}` and `<tags>` stay as they are. */
export function pseudoText(text: string): string {
  const strange = text
    .split(/(\{\{.*?\}\}|<[^>]*>)/)
    .map((part, at) => (at % 2 === 1 ? part : [...part].map((c) => ACCENTS[c] ?? c).join("")))
    .join("");
  const letters = text.replace(/\{\{.*?\}\}|<[^>]*>/g, "").length;
  return `[${strange}${filler(Math.ceil(letters * GROWTH))}]`;
}

/** The pseudo-locale of a whole language file. */
export function pseudo<T>(texts: T): Texts {
  const walk = (node: unknown): unknown =>
    typeof node === "string"
      ? pseudoText(node)
      : Object.fromEntries(Object.entries(node as object).map(([key, value]) => [key, walk(value)]));
  return walk(texts) as Texts;
}

function filler(length: number): string {
  return length < 2
    ? ""
    : ` ${"ëstrâ lôñg "
        .repeat(length)
        .slice(0, length - 1)
        .trim()}`;
}
