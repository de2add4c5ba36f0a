import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Answer } from "../../generated/Answer";
import type { Item } from "../../generated/Item";
import type { Spec } from "../../generated/Spec";
import type { Words } from "../../generated/Words";
import { numberOf, useNumbers, type Numbers } from "../../records/numbering";
import { SEXTANTS, toothOf, type Side } from "./sides";
import {
  amountText,
  isAsked,
  isShared,
  itemsOf,
  NOT_EXAMINED,
  partsOf,
  readPath,
  type Answers,
  type Place,
} from "./values";

/** The words of a form in the shown language, else in English; and the numbers of teeth as they are chosen to be shown. */
export interface Said {
  (words: Words): string;
  numbers: Numbers;
  tooth: (tooth: string) => string;
}

export function useSaid(): Said {
  const { i18n } = useTranslation();
  const [numbers] = useNumbers();
  const [language = "en"] = i18n.language.split("-");
  // Words that name teeth are there by either numbers.
  const by = (words: Words, code: string) =>
    (numbers === "universal" ? words[`${code}-universal`] : undefined) ?? words[code];
  const said = (words: Words) => by(words, language) ?? by(words, "en") ?? "";
  return Object.assign(said, {
    numbers,
    tooth: (tooth: string) => numberOf(tooth, numbers),
  });
}

/** A side as a row begins. */
export function sideLetter(t: TFunction, said: Said, side: Side): string {
  const tooth = toothOf(side);
  if (tooth) return said.tooth(tooth);
  const ends = endsOf(said, side);
  if (ends) return t("dental.span", ends);
  return side ? t(`forms.letter.${side as "R"}`) : "";
}

/** A side as it is read out. */
export function sideWord(t: TFunction, said: Said, side: Side): string {
  const tooth = toothOf(side);
  if (tooth) return t("forms.tooth", { tooth: said.tooth(tooth) });
  const ends = endsOf(said, side);
  if (ends) return t(`dental.sextant.${side as "S03"}`, ends);
  return side ? t(`forms.side.${side as "R"}`) : "";
}

/** The teeth at the ends of a sixth of the mouth; null where the side is none. */
function endsOf(said: Said, side: Side): { from: string; to: string } | null {
  const [from, to] = SEXTANTS[side ?? ""] ?? [];
  return from && to ? { from: said.tooth(from), to: said.tooth(to) } : null;
}

/** A place as a sentence about it begins, `Right, Sphere`: its unit stands in the sentence. */
export function placeSaid(t: TFunction, said: Said, { item, side, part }: Place): string {
  const what = said((part ?? item).label);
  const once = side === null || (part && isShared(item, part));
  return once ? what : t("forms.place", { side: sideWord(t, said, side), what });
}

/** A form without its version, `eye.pressure` of `eye.pressure@1`. */
export function codeOf(form: string): string {
  return form.split("@")[0] ?? form;
}

/** An answer in words; empty where it says nothing. */
export function answerSaid(t: TFunction, said: Said, item: Item, answer: Answer | undefined): string {
  if (!answer) return "";
  if (answer.x) return t(`forms.absent.${answer.x}`);
  const { holds } = item;
  const label = (code: string) => {
    const scale = holds.sort === "choice" || holds.sort === "finding" ? holds.of.options : [];
    const offered = scale.find((each) => each.code === code);
    return offered ? said(offered.label) : code;
  };
  if (holds.sort === "number") return answer.n ? amountText(item, answer) : "";
  if (holds.sort === "choice") return answer.c ? label(answer.c) : "";
  if (holds.sort === "finding") {
    const found = answer.c
      ? t(answer.c === NOT_EXAMINED ? "forms.not_examined" : "forms.normal")
      : (answer.s ?? []).map(label).join(", ");
    return [found, answer.w].filter(Boolean).join(": ");
  }
  if (holds.sort === "tooth") return said.tooth(answer.t ?? "");
  return answer.t ?? "";
}

/** Of the sides of a reading the first that was measured, which says how; one of which is said why not, where none was. */
export function measured(sides: readonly (Answer | undefined)[]): Answer | undefined {
  return sides.find((answer) => answer?.p) ?? sides.find(Boolean);
}

/** How a reading was made, such as its time and its method; the time first. */
export function waySaid(t: TFunction, said: Said, item: Item, answer: Answer | undefined): string {
  const parts = partsOf(item).filter((part) => isShared(item, part) && answer?.p?.[part.key]);
  const timeFirst = [...parts].sort(
    (one, other) => Number(other.holds.sort === "time") - Number(one.holds.sort === "time"),
  );
  return timeFirst.map((part) => answerSaid(t, said, part, answer?.p?.[part.key])).join(" · ");
}

/** The parts of a reading that were measured, not how; first what it cannot be without. */
export function measuredParts(item: Item): Item[] {
  const parts = partsOf(item).filter((part) => isAsked(part) && !isShared(item, part));
  return [...parts].sort((one, other) => Number(isMain(other)) - Number(isMain(one)));
}

function isMain({ to_sign, holds }: Item): boolean {
  return to_sign && ["number", "acuity", "near"].includes(holds.sort);
}

/** A reading in words, as its form says it: a word with a part that lacks is left out. */
export function readingSaid(t: TFunction, said: Said, item: Item, answer: Answer | undefined): string {
  if (!answer || item.holds.sort !== "reading") return "";
  if (answer.x) return answerSaid(t, said, item, answer);
  const words = item.holds.of.says.split(" ").map((word) => {
    let lacks = false;
    const filled = word.replace(/\{(\w+)\}/g, (_, key: string) => {
      const part = partsOf(item).find((each) => each.key === key);
      const text = part ? answerSaid(t, said, part, answer.p?.[key]) : "";
      lacks ||= text === "";
      return text;
    });
    return lacks ? "" : filled;
  });
  return words.filter(Boolean).join(" ");
}

/** One answer as it is said, of a reading all of it. */
export function wholeSaid(t: TFunction, said: Said, item: Item, answer: Answer | undefined): string {
  if (item.holds.sort === "reading") {
    const { says } = item.holds.of;
    const others = partsOf(item).flatMap((part) => {
      const text = says.includes(`{${part.key}}`) ? "" : answerSaid(t, said, part, answer?.p?.[part.key]);
      return text ? [`${said(part.label)} ${text}`] : [];
    });
    return [readingSaid(t, said, item, answer), ...others].filter(Boolean).join(", ");
  }
  const unit = item.holds.sort === "number" && answer?.n ? (item.holds.of.units[0] ?? "") : "";
  return [answerSaid(t, said, item, answer), answer?.u ? "" : unit].filter(Boolean).join(" ");
}

/** What a path of a form asks, `Target R`. */
export function pathSaid(t: TFunction, said: Said, spec: Spec, path: string): string {
  const at = readPath(path);
  const item = itemsOf(spec).find(({ key }) => key === at.item);
  return [item ? said(item.label) : at.item, sideLetter(t, said, at.side)].filter(Boolean).join(" ");
}

/** Answers of a form in a line. */
export function answersSaid(t: TFunction, said: Said, spec: Spec, answers: Answers): string {
  const one = ([path, answer]: [string, Answer]) => {
    const item = itemsOf(spec).find(({ key }) => key === readPath(path).item);
    return `${pathSaid(t, said, spec, path)} ${item ? wholeSaid(t, said, item, answer) : ""}`.trim();
  };
  return Object.entries(answers).map(one).join("; ");
}
