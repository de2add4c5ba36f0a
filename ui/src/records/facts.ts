import type { TFunction } from "i18next";
import type { TagKind } from "../components/Tag";
import type { Certificate } from "../generated/Certificate";
import type { Event } from "../generated/Event";
import type { Fact } from "../generated/Fact";
import type { Note } from "../generated/Note";
import type { Visit } from "../generated/Visit";
import type { en } from "../i18n/en";
import { dayAt } from "../i18n/dates";
import { plainTerm } from "../i18n/measured";
import {
  isClaimKind,
  lines,
  type AnyClaim,
  type ClaimKind,
  type FactKind,
  type FactWords,
  type Say,
  type Told,
} from "./kind";
import { CLAIM_KINDS, kindOf } from "./kinds";
import { kindWord, rowWord } from "./words";

/** The kinds of the timeline in the order in which they are offered. */
export const FACT_KINDS: readonly FactKind[] = [
  "visit",
  "note",
  "addendum",
  "observation",
  ...CLAIM_KINDS,
  "certificate",
  "event",
];

/** What is marked otherwise than by its kind. */
type Special = keyof (typeof en)["patients"]["mark"];
/** What stands before a row. */
export type Mark = FactKind | Special;

/** The letters of a mark and what they mean. */
export function markWords(t: TFunction, mark: Mark): { letters: string; meaning: string } {
  return isSpecial(mark)
    ? { letters: t(`patients.mark.${mark}`), meaning: t(`patients.mark_of.${mark}`) }
    : { letters: t(`record.${mark}.mark`), meaning: kindWord(t, mark) };
}

const SPECIAL: Readonly<Record<Special, true>> = {
  diagnosis: true,
  vitals: true,
  laboratory: true,
  survey: true,
  procedure: true,
  plan: true,
  report: true,
};

function isSpecial(mark: Mark): mark is Special {
  return Object.hasOwn(SPECIAL, mark);
}

/** What a fact says, observations aside, which are told together. */
export type Plain = Exclude<Fact, { kind: "observation" }>;
/** A fact in words, with its mark. */
export type MarkedWords = FactWords & { mark: Mark };

/** Dates as the shown language writes them. */
export type DateWords = (date: string) => string;

/** How the records of a kind say things. */
export function sayOf(t: TFunction, date: DateWords, zone: string, kind: FactKind): Say {
  const word = (field: string, said: string) => rowWord(t, kind, field, said);
  return { t, date, word, day: (instant) => dayAt(instant, zone) };
}

/** A fact in words: its mark, what it is, the code behind the words, what belongs to it, and its state. */
export function factWords(t: TFunction, date: DateWords, zone: string, fact: Plain): MarkedWords {
  const { mark = fact.kind, ...told } = tell(t, date, zone, fact);
  const title = typeof told.title === "string" ? [{ text: told.title, strong: true }] : (told.title ?? []);
  const named = title.some((piece) => piece.text !== "");
  return {
    ...told,
    mark,
    title: named ? title : [{ text: kindWord(t, fact.kind), strong: true }],
    small: (told.small ?? []).filter((part): part is string => Boolean(part)),
  };
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

function tell(t: TFunction, date: DateWords, zone: string, fact: Plain): Told & { mark?: Mark } {
  if (isClaimKind(fact.kind)) {
    return kindOf(fact.kind).line(fact.details as AnyClaim["details"], sayOf(t, date, zone, fact.kind));
  }
  switch (fact.kind) {
    case "visit":
      return visit(t, fact.details);
    case "note":
      return note(t, fact.details);
    case "addendum":
      return {
        title: t("patients.addendum", { text: fact.details.text ?? "" }),
        small: [fact.details.reason],
      };
    case "event":
      return event(t, date, fact.details);
    case "certificate":
      return certificate(t, date, fact.details);
    default:
      return { title: undefined };
  }
}

const VISIT_STATES: Record<NonNullable<Visit["status"]>, TagKind> = {
  scheduled: "plain",
  arrived: "go",
  triaged: "go",
  in_progress: "go",
  completed: "ok",
  cancelled: "plain",
  no_show: "warn",
};

function visit(t: TFunction, details: Visit): Told & { mark?: Mark } {
  const { kind, status, concern, code, reason, attended_by, place, remarks } = details;
  const what = plainTerm(code) || (kind ? t(`patients.visit_type.${kind}`) : t("record.visit.one"));
  const why = plainTerm(reason) || concern;
  return {
    title: why ? t("patients.visit_for", { what, why }) : what,
    small: [attended_by, place, ...lines(remarks)],
    ...(status ? { tag: { kind: VISIT_STATES[status], text: t(`patients.visit_status.${status}`) } } : {}),
  };
}

function note(t: TFunction, { diagnoses, concern, plan }: Note): Told & { mark?: Mark } {
  const found = Object.values(diagnoses ?? {}).sort(
    (one, other) => Number(other.primary ?? false) - Number(one.primary ?? false),
  );
  const [main, ...others] = found;
  if (!main) return { title: concern, small: [plan] };
  return {
    mark: "diagnosis",
    title: main.name,
    code: main.code,
    small: [
      main.certainty && known(t, "certainty", main.certainty),
      ...others.map((each) => each.name),
      concern,
    ],
  };
}

const EVENTS: Record<string, Mark> = { procedure: "procedure", "care-plan": "plan", report: "report" };

function event(
  t: TFunction,
  date: DateWords,
  { category, code, status, text, until }: Event,
): Told & { mark?: Mark } {
  const mark = EVENTS[category ?? ""] ?? "event";
  const over = !status || ["completed", "final", "finished"].includes(status);
  const said = lines(text);
  const named = plainTerm(code);
  return {
    mark,
    title: named || said[0] || category,
    small: [
      t(`patients.event.${category}` as "patients.event.event", { defaultValue: t("patients.event.event") }),
      until && t("patients.until", { date: date(until.slice(0, 10)) }),
      ...(named ? said : said.slice(1)),
    ],
    ...(over ? {} : { tag: { kind: "plain", text: known(t, "event_status", status) } }),
  };
}

function certificate(t: TFunction, date: DateWords, details: Certificate): Told & { mark?: Mark } {
  const { verdict, status = "draft", number, recommendation, from, until, status_reason } = details;
  const kind = status === "issued" ? "ok" : status === "returned" || status === "revoked" ? "warn" : "plain";
  return {
    title: verdict && t(`patients.verdict.${verdict}`),
    code: number,
    small: [
      from && until ? t("patients.from_until", { from: date(from), until: date(until) }) : undefined,
      recommendation,
      status_reason,
    ],
    tag: { kind, text: t(`patients.certificate_status.${status}`) },
  };
}

/** A word of a list that may also hold words from elsewhere: those stand as they came. */
export function known(t: TFunction, list: string, word: string): string {
  return t(`patients.${list}.${word}` as never, { defaultValue: word }) as string;
}
