import type { Answer } from "../../generated/Answer";
import type { Item } from "../../generated/Item";
import type { Spec } from "../../generated/Spec";
import type { Answers } from "../../records/answers";
import { sidesOf, type Side } from "./sides";
import { absent, absentWhy, readAbsent, readNumber, shownNumber } from "./typed";

export type { Answers };

/** What is typed, by place; also the reading in hand, and which answers are meant. */
export type Values = Readonly<Record<string, string>>;

/** Where something is typed: an item, a side, and the part of a reading. */
export interface Place {
  item: Item;
  side: Side;
  part: Item | null;
}

/** The value that holds the name of the reading in hand. */
export const READING = "reading";
/** What joins the codes of a finding while they are typed. */
const AND = "+";
/** The state of a finding that nobody looked at, which is as good as none. */
const NORMAL = "normal";
export const NOT_EXAMINED = "not_examined";

export function itemsOf(spec: Spec): Item[] {
  return spec.sections.flatMap(({ items }) => items);
}

export function partsOf(item: Item): Item[] {
  return item.holds.sort === "reading" ? item.holds.of.parts : [];
}

/** What somebody answers: all but what is reckoned. */
export function isAsked({ holds }: Item): boolean {
  return holds.sort !== "derived";
}

/** How a reading of several sides was made is said once for all: its time, and the choices that hang on nothing. */
export function isShared({ sides }: Item, { holds, show }: Item): boolean {
  if (sides === "one") return false;
  return holds.sort === "time" || (holds.sort === "choice" && show.when === "always");
}

/** The name of a place among the values; what is said once has no side. */
export function nameOf({ item, side, part }: Place): string {
  const at = part && isShared(item, part) ? null : side;
  return `${item.key}${at ? `:${at}` : ""}${part ? `.${part.key}` : ""}`;
}

/** The name of the words that belong to a finding. */
export function wordsOf(name: string): string {
  return `${name}~words`;
}

/** The name under which it is kept that what was asked about is meant. */
export function meantOf(name: string): string {
  return `${name}~meant`;
}

/** The name under which the day stands from which a value was taken. */
export function takenOf(name: string): string {
  return `${name}~taken`;
}

/** The path of an answer: of what is answered more than once, that of the reading in hand. */
export function pathOf(item: Item, side: Side, reading: string): string {
  return [item.key, side, item.many ? reading : null].filter(Boolean).join(":");
}

/** The item, side and reading of a path. */
export function readPath(path: string): { item: string; side: Side; reading: string | null } {
  const [item = "", ...rest] = path.split(":");
  const side = /^[A-Z]/.test(rest[0] ?? "") ? (rest.shift() ?? null) : null;
  return { item, side, reading: rest[0] ?? null };
}

/** A new reading's name: small letters and digits, later ones behind earlier ones. */
export function readingId(now = Date.now()): string {
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return `${now.toString(36)}${random.toString(36)}`.slice(0, 24);
}

/** What cannot be read where it is typed, in a word of the page. */
export type Trouble = "number" | "unit" | "time" | "absent";

/** The answer that is typed at one place; null where nothing is, and why where it cannot be read. */
function readAt(item: Item, values: Values, name: string): Answer | Trouble | null {
  const text = (values[name] ?? "").trim();
  const words = (values[wordsOf(name)] ?? "").trim();
  const { holds } = item;
  if (holds.sort === "finding") {
    if (text === "" && words === "") return null;
    if (text === NORMAL || text === NOT_EXAMINED) return { c: text, ...(words ? { w: words } : {}) };
    return { ...(text ? { s: text.split(AND) } : {}), ...(words ? { w: words } : {}) };
  }
  if (text === "") return null;
  const why = absentWhy(text);
  if (why) return { x: why };
  if (holds.sort === "choice") return { c: text };
  const dash = readAbsent(text);
  if (dash === "asks") return "absent";
  if (dash) return { x: dash };
  if (holds.sort === "number") {
    const [, amount = "", unit = ""] = /^([^a-z%µ°]*)(.*)$/iu.exec(text) ?? [];
    const n = readNumber(amount);
    if (n === null) return "number";
    if (unit === "") return { n };
    const known = holds.of.units.find((each) => each.toLowerCase() === unit.trim().toLowerCase());
    if (known === undefined) return "unit";
    return known === holds.of.units[0] ? { n } : { n, u: known };
  }
  if (holds.sort === "time") {
    const time = readTime(text);
    return time === null ? "time" : { t: time };
  }
  return { t: text };
}

/** A time of the day, from `0938`, `9.38` or `9:38`; null where it is none. */
export function readTime(text: string): string | null {
  const [, hour, minute] = /^(\d{1,2})[:.h]?(\d{2})$/.exec(text.trim()) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, "0")}:${minute}`;
}

/** What is typed as answers by their paths, and what of it cannot be read, by place. */
export interface Read {
  answers: Record<string, Answer>;
  troubles: Record<string, Trouble>;
  /** How the readings in hand were made, by item, also where nothing is measured yet. */
  ways: Record<string, Record<string, Answer>>;
}

function isMeant(values: Values, name: string): { ok?: true } {
  return values[meantOf(name)] ? { ok: true } : {};
}

/** Reads what is typed. How a reading was made makes none: it begins with what was measured. */
export function readValues(spec: Spec, values: Values): Read {
  const read: Read = { answers: {}, troubles: {}, ways: {} };
  const take = (place: Place): Answer | null => {
    const name = nameOf(place);
    const found = readAt(place.part ?? place.item, values, name);
    if (typeof found !== "string")
      return found && place.part ? { ...found, ...isMeant(values, name) } : found;
    read.troubles[name] = found;
    return null;
  };
  for (const item of itemsOf(spec).filter(isAsked)) {
    for (const side of sidesOf(item.sides)) {
      const ok = isMeant(values, nameOf({ item, side, part: null }));
      const path = pathOf(item, side, values[READING] ?? "");
      if (item.holds.sort !== "reading") {
        const answer = take({ item, side, part: null });
        if (answer) read.answers[path] = { ...answer, ...ok };
        continue;
      }
      const parts = partsOf(item).filter(isAsked);
      const given = parts.map((part) => [part, take({ item, side, part })] as const);
      const said = given.flatMap(([part, answer]) => (answer ? [[part, answer] as const] : []));
      const measured = said.filter(([part]) => !isShared(item, part));
      const way = said.filter(([part]) => isShared(item, part));
      read.ways[item.key] = Object.fromEntries(way.map(([part, answer]) => [part.key, answer]));
      const [only] = measured;
      if (!only) continue;
      // Where nothing was measured, no way was used to measure it.
      const whole = measured.length === 1 && only[1].x ? { x: only[1].x } : null;
      const p = Object.fromEntries(said.map(([part, answer]) => [part.key, answer]));
      read.answers[path] = whole ?? { p, ...ok };
    }
  }
  return read;
}

/** What an answer is in the places of its form, to be changed there. */
function write(item: Item, answer: Answer, name: string): Values {
  const { holds } = item;
  if (answer.x) return { [name]: absent(answer.x) };
  if (holds.sort === "finding")
    return {
      ...(answer.c || answer.s ? { [name]: answer.c ?? (answer.s ?? []).join(AND) } : {}),
      ...(answer.w ? { [wordsOf(name)]: answer.w } : {}),
    };
  if (holds.sort === "choice") return answer.c ? { [name]: answer.c } : {};
  if (holds.sort === "number") return answer.n ? { [name]: amountText(item, answer) } : {};
  return answer.t ? { [name]: answer.t } : {};
}

/** The values of one answer, as its form has them. */
export function writeAnswer(item: Item, side: Side, answer: Answer): Values {
  const meantAt = (name: string, ok: boolean | undefined): Values => (ok ? { [meantOf(name)]: "yes" } : {});
  const whole = nameOf({ item, side, part: null });
  const meant = meantAt(whole, answer.ok);
  if (item.holds.sort !== "reading") return { ...write(item, answer, whole), ...meant };
  const parts = partsOf(item).filter(isAsked);
  if (answer.x) {
    const first = parts.find((part) => !isShared(item, part));
    return first ? { [nameOf({ item, side, part: first })]: absent(answer.x) } : {};
  }
  const typed = parts.flatMap((part) => {
    const said = answer.p?.[part.key];
    if (!said) return [];
    const name = nameOf({ item, side, part });
    return [{ ...write(part, said, name), ...meantAt(name, said.ok) }];
  });
  return Object.assign({ ...meant }, ...typed) as Values;
}

/** All that stands in a form: what is answered once, and the reading that is in hand. */
export function valuesOf(spec: Spec, answers: Answers, reading: string): Values {
  const typed = Object.entries(answers).flatMap(([path, answer]) => {
    const at = readPath(path);
    const item = itemsOf(spec).find(({ key }) => key === at.item);
    return item && (at.reading === null || at.reading === reading)
      ? [writeAnswer(item, at.side, answer)]
      : [];
  });
  return Object.assign({ [READING]: reading }, ...typed) as Values;
}

/** A number with its unit, where that is not the usual one. */
export function amountText({ holds }: Item, { n = "", u }: Answer): string {
  if (holds.sort !== "number") return n;
  const shown = shownNumber(n, holds.of.places, holds.of.signed);
  return u && u !== holds.of.units[0] ? `${shown} ${u}` : shown;
}

/** What else is in a finding when `code` is chosen or left: normal and not examined stand alone. */
export function toggled(value: string, code: string): string {
  if (code === "" || code === NORMAL || code === NOT_EXAMINED) return code;
  const codes = value === NORMAL || value === NOT_EXAMINED || value === "" ? [] : value.split(AND);
  return (codes.includes(code) ? codes.filter((each) => each !== code) : [...codes, code]).join(AND);
}

/** Findings of a tooth as they are typed: `0` is normal, each letter what was found, such as a surface. */
export function lettersOf(value: string): string {
  return value === NORMAL ? "0" : value.split(AND).join("");
}

/** What such letters say; one that means nothing stays, and is refused where it is checked. */
export function readLetters(text: string): string {
  const letters = [...new Set(text.toUpperCase().replace(/\s/g, ""))];
  return letters.join("") === "0" ? NORMAL : letters.join(AND);
}

/** The codes that are chosen of a finding; none where it is normal or nobody looked. */
export function codesOf(value: string): string[] {
  return value === "" || value === NORMAL || value === NOT_EXAMINED ? [] : value.split(AND);
}

/** All findings that nobody looked at become normal, but of no tooth of which nobody knows that it is there. */
export function allNormal(spec: Spec, values: Values, isThere: (side: Side) => boolean = () => true): Values {
  const findings = itemsOf(spec).filter(({ holds }) => holds.sort === "finding");
  const names = findings.flatMap((item) =>
    sidesOf(item.sides)
      .filter(isThere)
      .map((side) => nameOf({ item, side, part: null })),
  );
  const open = names.filter((name) => ["", NOT_EXAMINED].includes(values[name] ?? ""));
  return Object.fromEntries(open.filter((name) => !values[wordsOf(name)]).map((name) => [name, NORMAL]));
}

/** The same side's answer of the other eye, by the place there; null where there is no other eye. */
export function otherName(place: Place): string | null {
  if (place.side !== "R" && place.side !== "L") return null;
  return nameOf({ ...place, side: place.side === "R" ? "L" : "R" });
}
