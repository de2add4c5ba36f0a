import type { TFunction } from "i18next";
import type { TagKind } from "../components/Tag";
import type { Claim } from "../generated/Claim";
import { claimKinds, commandNeeds, type Commands } from "../generated/commands";
import type { Fact } from "../generated/Fact";
import type { ListOf } from "../generated/ListOf";
import type { Permission } from "../generated/Permission";
import type { en } from "../i18n/en";
import { spoken } from "../i18n/spoken";
import type { Piece } from "./dose-line";

/** What stands on a timeline. */
export type FactKind = Fact["kind"];

/** The kinds that are said of a person: those that the list of commands adds, changes and withdraws. */
export type ClaimKind = (typeof claimKinds)[number];

/** What a record of a kind says. */
export type DetailsOf<K extends FactKind> = Extract<Fact, { kind: K }>["details"];
/** What a person says of one: its fields, and of a closed set its words alone. */
export type TextOf<K extends ClaimKind> = Commands[`add_${K}`]["input"]["details"];
/** A record of any of these kinds, as its card and its form have it. */
export type AnyClaim = Claim<DetailsOf<ClaimKind>>;

/** The commands that answer a page of a card. */
export type CardCommand = {
  [Name in keyof Commands]: Commands[Name]["input"] extends ListOf ? Name : never;
}[keyof Commands];

type As<Value> = [Value] extends [boolean]
  ? { as: "flag" }
  : [Value] extends [string]
    ? string extends Value
      ? { as: "text" | "code" | "area" | "date" | "day" }
      : { as: "choice" | "list"; words: readonly Value[] }
    : never;

/**
 * A field of a form: `code` is a name that may have a code, which stands in the field `code`; `date` is of the past, `day` may also lie ahead; `flag` is yes or no; a `choice` stands open, a
 * `list` folds.
 */
export type FieldOf<Text> = {
  [Name in keyof Text & string]: { name: Name } & As<NonNullable<Text[Name]>>;
}[keyof Text & string] & {
  required?: true;
  /** What the code of the record is the code of: under another name it goes. */
  coded?: true;
  /** Stands beside the field before it. */
  beside?: true;
  /** Only asked for when a record is changed, not when it is made. */
  later?: true;
  /** Only asked for once the records ask for it. */
  asked?: true;
  /** Only asked for where what was typed so far calls for it, where it says something, or where the records ask for it. */
  when?: (values: Readonly<Record<string, string | boolean>>) => boolean;
};

/** A field of any form. */
export interface FieldSpec {
  name: string;
  as: "text" | "code" | "area" | "date" | "day" | "choice" | "list" | "flag";
  words?: readonly string[];
  required?: true;
  coded?: true;
  beside?: true;
  later?: true;
  asked?: true;
  when?: (values: Readonly<Record<string, string | boolean>>) => boolean;
}

/** How a kind says things: in the shown language, dates as it writes them. */
export interface Say {
  t: TFunction;
  date: (date: string) => string;
  /** The day of an instant at this site. */
  day: (instant: string) => string;
  /** The number of a tooth as whoever sits here has them numbered. */
  tooth: (tooth: string) => string;
  /** A word of a field of this kind as a row says it; one from elsewhere stands as it came. */
  word: (field: string, word: string) => string;
}

/** What is marked otherwise than by its kind. */
export type SpecialMark = keyof (typeof en)["patients"]["mark"];
/** What stands before a row. */
export type Mark = FactKind | SpecialMark;

/** A record in a line. */
export interface Told {
  /** What stands before it, where that is not the mark of its kind. */
  mark?: Mark;
  /** What it is, the strong pieces being what must not be misread; its kind's name where there is nothing. */
  title: Piece[] | string | undefined;
  /** The code behind the words. */
  code?: string | undefined;
  /** What belongs to it. */
  small?: readonly (string | undefined | false | null)[];
  /** How it stands. */
  tag?: { kind: TagKind; text: string } | undefined;
}

/** The same with nothing that is not there. */
export interface FactWords extends Told {
  title: Piece[];
  small: string[];
}

/** A kind that is no claim: its record in a line of the timeline. */
export type LineOf<K extends FactKind> = (details: DetailsOf<K>, say: Say) => Told;

/** The words of a kind that is said of a person, all of them in one section. */
export interface ClaimWords {
  /** One of them, as a dispute, a form that changes it, and what was left unfinished call it. */
  one: string;
  /** Its card, its tab, its chip. */
  many: string;
  /** Its card where there is none. */
  none: string;
  /** The forms that add one and withdraw one. */
  add: string;
  withdraw: string;
  /** Two letters before its row of the timeline. */
  mark: string;
  /** What the trail says of its five commands. */
  done: { add: string; edit: string; void: string; one: string; many: string };
  /** What stands at each field of its form. */
  field: Readonly<Record<string, string>>;
  /** The words of each closed set, as the form says them. */
  word?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The same within a row, where that is not as in the form. */
  said?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What its line puts round what was typed. */
  line?: Readonly<Record<string, string>>;
}

/** A kind that is said of a person: its form, its line, its card. Its words stand before it in its file. */
export interface KindOf<K extends ClaimKind> {
  /** The command of its card, which also names its tab. */
  many: CardCommand;
  /** The form, from top to bottom. */
  form: readonly FieldOf<TextOf<K>>[];
  /** A record in a line of the timeline, and of its card. */
  line: (details: DetailsOf<K>, say: Say) => Told;
  /** What its card says otherwise. */
  card?: (line: FactWords, claim: Claim<DetailsOf<K>>, say: Say) => FactWords;
  /** It has a tab of its own. */
  tab?: true;
  /** Its card shows no more than so many without asking. Never for what must not be overlooked. */
  most?: number;
}

/** Whether it is a kind that is said of a person. */
export function isClaimKind(name: string): name is ClaimKind {
  return (claimKinds as readonly string[]).includes(name);
}

/** Who may add, change and withdraw it. */
export function mayWrite(of: ClaimKind): Permission {
  return commandNeeds[`add_${of}`];
}

/** Remarks, a line each. */
export function lines(text: string | undefined): string[] {
  return text?.split("\n").filter((line) => line.trim() !== "") ?? [];
}

/** When its source wrote down what it does not say the beginning of. */
export function recorded({ t, date }: Say, details: { since?: string; recorded?: string }): string[] {
  return !details.since && details.recorded ? [t("patients.recorded", { date: date(details.recorded) })] : [];
}

/** A word of a list that may also hold words from elsewhere: those stand as they came. */
export function known(t: TFunction, list: string, word: string): string {
  return spoken(t, `patients.${list}.${word}`, word);
}
