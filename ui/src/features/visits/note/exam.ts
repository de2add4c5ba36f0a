import type { Age } from "../../../generated/Age";
import type { Brought } from "../../../generated/Brought";
import type { ExamFinding } from "../../../generated/ExamFinding";
import type { Examined } from "../../../generated/Examined";
import type { NoteSetRow } from "../../../generated/NoteSetRow";
import type { NoteText } from "../../../generated/NoteText";
import type { NoteView } from "../../../generated/NoteView";
import type { VisitType } from "../../../generated/VisitType";

/** The systems from head to foot, in the order in which a note is read; one that is not known stands behind. */
const SYSTEMS = [
  "general",
  "injured_part",
  "circulation",
  "sensation",
  "skin",
  "head",
  "scalp_nails",
  "eyes",
  "head_ent",
  "ears",
  "nose",
  "mouth",
  "throat",
  "neck",
  "nodes",
  "chest",
  "heart",
  "lungs",
  "abdomen",
  "flanks",
  "groins",
  "back",
  "spine",
  "extremities",
  "joints",
  "neurological",
];

export const FINDINGS = ["normal", "finding", "not_examined"] as const satisfies readonly ExamFinding[];

/** What is said of one system while it is typed: the words of a finding stay, whatever is chosen meanwhile. */
export interface TypedSystem {
  /** Empty while nobody has said anything. */
  finding: ExamFinding | "";
  /** The sentence of what is normal, as it stood when it was chosen. */
  normal: string;
  text: string;
}

export type TypedExam = Readonly<Record<string, TypedSystem>>;

/** Nobody looked yet. */
export const UNTOUCHED: TypedSystem = { finding: "", normal: "", text: "" };

/** A note's examination as its form holds it. */
export function typedExam(exam: NoteText["exam"]): TypedExam {
  const typed = ({ finding, text = "" }: Examined): TypedSystem =>
    finding === "normal" ? { finding, normal: text, text: "" } : { finding: finding ?? "", normal: "", text };
  return Object.fromEntries(Object.entries(exam ?? {}).map(([system, seen]) => [system, typed(seen)]));
}

/** What is said of a system: words without a choice are a finding. */
export function findingOf({ finding, text }: TypedSystem): ExamFinding | "" {
  return finding || (text.trim() ? "finding" : "");
}

/** What was typed of an examination as a command wants it; nothing where nobody said anything. */
export function examOf(typed: TypedExam): Record<string, Examined> | null {
  const said = Object.entries(typed).flatMap(([system, seen]): [string, Examined][] => {
    const finding = findingOf(seen);
    const text = { normal: seen.normal, finding: seen.text.trim(), not_examined: "", "": "" }[finding];
    return finding ? [[system, { finding, ...(text ? { text } : {}) }]] : [];
  });
  return said.length > 0 ? Object.fromEntries(said) : null;
}

const MONTHS_A_YEAR = 12;

/** An age in whole years. */
function yearsOf({ unit, count }: Age): number {
  if (unit === "years") return count;
  return unit === "months" ? Math.floor(count / MONTHS_A_YEAR) : 0;
}

/**
 * The set by which a visit of this kind begins with somebody of this age: the one that asks for most of both, and where none
 * does, the one for everything else. One for an age is for nobody of whom none is known.
 */
export function setFor(
  sets: readonly NoteSetRow[],
  kind: VisitType | undefined,
  age: Age | null | undefined,
): NoteSetRow | undefined {
  const years = age ? yearsOf(age) : null;
  const asks = ({ kinds, from_age, until_age }: NoteSetRow) => {
    const aged = from_age !== null || until_age !== null;
    if (kinds.length > 0 && !(kind && kinds.includes(kind))) return 0;
    if (aged && (years === null || years < (from_age ?? 0) || years > (until_age ?? years))) return 0;
    return (kinds.length > 0 ? 2 : 0) + (aged ? 1 : 0);
  };
  const most = Math.max(0, ...sets.map(asks));
  return most > 0 ? sets.find((set) => asks(set) === most) : sets[0];
}

/** The texts with which a note goes on by a set. */
const SET_TEXTS = ["history", "treatment", "plan"] as const;

/** The words of a set for the parts of a note that are not written yet. */
export function wordsOf(
  set: NoteSetRow | undefined,
  texts: Readonly<Record<(typeof SET_TEXTS)[number], string>>,
): Partial<Record<(typeof SET_TEXTS)[number], string>> {
  const parts = SET_TEXTS.filter((name) => set?.[name] && !texts[name].trim());
  return Object.fromEntries(parts.map((name) => [name, set?.[name]]));
}

/** The systems to examine: those of the set in its order, and behind them what else was said. */
export function systemsOf(set: NoteSetRow | undefined, typed: TypedExam) {
  const own = set?.systems ?? [];
  const known = new Set(own.map(({ system }) => system));
  const others = Object.keys(typed).filter(
    (system) => !known.has(system) && findingOf(typed[system] ?? UNTOUCHED),
  );
  return [...own, ...inOrder(others).map((system) => ({ system, normal: "" }))];
}

/** Every system of the set of which nobody has said anything is normal, where the set has a sentence for that. */
export function allNormal(set: NoteSetRow, typed: TypedExam): TypedExam {
  const left = set.systems.filter(({ system, normal }) => normal && !findingOf(typed[system] ?? UNTOUCHED));
  const normal = left.map(
    ({ system, normal }) => [system, { ...UNTOUCHED, finding: "normal", normal }] as const,
  );
  return { ...typed, ...Object.fromEntries(normal) };
}

/** The systems whose finding has no words yet. */
export function wordless(typed: TypedExam): string[] {
  const lacks = ({ finding, text }: TypedSystem) => finding === "finding" && !text.trim();
  return Object.keys(typed).filter((system) => lacks(typed[system] ?? UNTOUCHED));
}

/** The systems from head to foot. */
export function inOrder(systems: readonly string[]): string[] {
  const place = (system: string) => SYSTEMS.indexOf(system) + 1 || SYSTEMS.length + 1;
  return [...systems].sort((one, other) => place(one) - place(other) || one.localeCompare(other));
}

/** The fields whose text may be brought in from the last note: what was seen is seen anew. */
export const BROUGHT_IN = ["history", "treatment", "plan", "remarks"] as const;
export type BroughtName = (typeof BROUGHT_IN)[number];

/** Which texts were brought in, by field. */
export type TypedBrought = Readonly<Record<string, Brought>>;

/** The marks of what was brought in, where its text still stands. */
export function broughtOf(brought: TypedBrought, texts: Readonly<Record<BroughtName, string>>): TypedBrought {
  return Object.fromEntries(
    BROUGHT_IN.flatMap((name) => (brought[name] && texts[name].trim() ? [[name, brought[name]]] : [])),
  );
}

/** The parts of `last` that come in where nothing is written yet, each with its note and its day. */
export function broughtIn(last: NoteView, texts: Readonly<Record<BroughtName, string>>) {
  const parts = BROUGHT_IN.filter((name) => last.details[name]?.trim() && !texts[name].trim());
  const mark = { note: last.id, on: last.signed_at?.slice(0, 10) ?? "" };
  return {
    texts: Object.fromEntries(parts.map((name) => [name, last.details[name]])) as Partial<
      Record<BroughtName, string>
    >,
    brought: Object.fromEntries(parts.map((name) => [name, mark])) as TypedBrought,
  };
}

/** The marks without that of a field. */
export function withoutMark(brought: TypedBrought, name: string): TypedBrought {
  return Object.fromEntries(Object.entries(brought).filter(([field]) => field !== name));
}
