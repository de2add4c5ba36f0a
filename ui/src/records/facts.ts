import type { TFunction } from "i18next";
import type { Fact } from "../generated/Fact";
import { en } from "../i18n/en";
import { dayAt } from "../i18n/dates";
import {
  isClaimKind,
  type AnyClaim,
  type ClaimKind,
  type FactKind,
  type FactWords,
  type Mark,
  type Say,
  type SpecialMark,
  type Told,
} from "./kind";
import { CLAIM_KINDS, kindOf, LINES } from "./kinds";
import { numberOf, type Numbers } from "./numbering";
import { kindWord, rowWord } from "./words";

/** The kinds of the timeline in the order in which they are offered. */
export const FACT_KINDS: readonly FactKind[] = [
  "visit",
  "note",
  "addendum",
  "observation",
  ...CLAIM_KINDS,
  "certificate",
  "attachment",
  "event",
];

/** The letters of a mark and what they mean. */
export function markWords(t: TFunction, mark: Mark): { letters: string; meaning: string } {
  return isSpecial(mark)
    ? { letters: t(`patients.mark.${mark}`), meaning: t(`patients.mark_of.${mark}`) }
    : { letters: t(`record.${mark}.mark`), meaning: kindWord(t, mark) };
}

function isSpecial(mark: Mark): mark is SpecialMark {
  return Object.hasOwn(en.patients.mark, mark);
}

/** What a fact says, observations aside, which are told together. */
export type Plain = Exclude<Fact, { kind: "observation" }>;
/** A fact in words, with its mark. */
export type MarkedWords = FactWords & { mark: Mark };

/** Dates as the shown language writes them. */
export type DateWords = (date: string) => string;

/** How the records of a kind say things. */
export function sayOf(
  t: TFunction,
  date: DateWords,
  zone: string,
  kind: FactKind,
  numbers: Numbers = "fdi",
): Say {
  const word = (field: string, said: string) => rowWord(t, kind, field, said);
  return {
    t,
    date,
    word,
    tooth: (tooth) => numberOf(tooth, numbers),
    day: (instant) => dayAt(instant, zone),
  };
}

/** A fact in words: its mark, what it is, the code behind the words, what belongs to it, and its state. */
export function factWords(
  t: TFunction,
  date: DateWords,
  zone: string,
  fact: Plain,
  numbers?: Numbers,
): MarkedWords {
  const { mark = fact.kind, ...told } = tell(sayOf(t, date, zone, fact.kind, numbers), fact);
  const title = typeof told.title === "string" ? [{ text: told.title, strong: true }] : (told.title ?? []);
  const named = title.some((piece) => piece.text !== "");
  return {
    ...told,
    mark,
    title: named ? title : [{ text: kindWord(t, fact.kind), strong: true }],
    small: (told.small ?? []).filter((part): part is string => Boolean(part)),
  };
}

/** The title of a fact without its strong pieces. */
export function titleText({ title }: FactWords): string {
  return title.map((piece) => piece.text).join("");
}

/** A claim as a card says it: like the timeline, but for what its kind says otherwise there. */
export function claimWords(
  t: TFunction,
  date: DateWords,
  zone: string,
  kind: ClaimKind,
  claim: AnyClaim,
): FactWords {
  const line = factWords(t, date, zone, { kind, details: claim.details } as Plain);
  return kindOf(kind).card?.(line, claim, sayOf(t, date, zone, kind)) ?? line;
}

function tell(say: Say, { kind, details }: Plain): Told {
  if (isClaimKind(kind)) return kindOf(kind).line(details as AnyClaim["details"], say);
  return (LINES[kind] as (details: object, say: Say) => Told)(details, say);
}
