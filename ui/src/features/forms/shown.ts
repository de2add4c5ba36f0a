import type { Answer } from "../../generated/Answer";
import type { Cond } from "../../generated/Cond";
import type { Spec } from "../../generated/Spec";
import { itemsOf, pathOf, type Answers, type Place, type Read } from "./values";

/** Whether something is asked, by what stands before it: a part by its reading, and its item by the same side. */
export function isShown(spec: Spec, read: Read, reading: string, { item, side, part }: Place): boolean {
  const answers: Answers = read.answers;
  const ofForm = (key: string): Answer | undefined => {
    const other = itemsOf(spec).find((each) => each.key === key);
    if (!other) return undefined;
    return answers[pathOf(other, side, reading)] ?? answers[pathOf(other, null, reading)];
  };
  const ofReading = (key: string): Answer | undefined =>
    answers[pathOf(item, side, reading)]?.p?.[key] ?? read.ways[item.key]?.[key];
  return holds(item.show, ofForm) && (!part || holds(part.show, ofReading));
}

/** Whether a condition is met; every condition has an answer, for every answer. */
export function holds(cond: Cond, answerOf: (key: string) => Answer | undefined): boolean {
  switch (cond.when) {
    case "always":
      return true;
    case "answered": {
      const answer = answerOf(cond.of);
      return answer !== undefined && answer.x === undefined;
    }
    case "is": {
      const [key, code] = cond.of;
      const answer = answerOf(key);
      return answer?.c === code || (answer?.s ?? []).includes(code);
    }
    case "at_least": {
      const [key, least] = cond.of;
      const number = answerOf(key)?.n;
      return number !== undefined && Number(number) >= Number(least);
    }
    case "not":
      return !holds(cond.of, answerOf);
    case "all":
      return cond.of.every((each) => holds(each, answerOf));
    case "any":
      return cond.of.some((each) => holds(each, answerOf));
  }
}
