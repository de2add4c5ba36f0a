import type { Spec } from "../../generated/Spec";
import { readValues, type Answers, type Values } from "./values";

/**
 * All answers of a form as they are sent: those that stand, with what is typed otherwise than when the typing began.
 * What is not touched here stays as it is, also where somebody else wrote it meanwhile.
 */
export function answersWith(spec: Spec, stand: Answers, before: Values, values: Values): Answers {
  const [was, is] = [readValues(spec, before).answers, readValues(spec, values).answers];
  const all = { ...stand };
  for (const path of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const answer = is[path];
    if (JSON.stringify(was[path]) === JSON.stringify(answer)) continue;
    if (answer) all[path] = answer;
    else delete all[path];
  }
  return all;
}
