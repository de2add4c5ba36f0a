import type { Spec } from "../../generated/Spec";
import { readValues, type Answers, type Values } from "./values";

/**
 * All answers of a form as they are sent: those that stand, with what is typed otherwise than when the typing began.
 * What is not touched here stays as it is, also where somebody else wrote it meanwhile.
 */
export function answersWith(spec: Spec, stand: Answers, before: Values, values: Values): Answers {
  const [was, is] = [readValues(spec, before).answers, readValues(spec, values).answers];
  const differs = (path: string) => JSON.stringify(was[path]) !== JSON.stringify(is[path]);
  const kept = Object.entries(stand).filter(([path]) => path in is || !differs(path));
  const typed = Object.entries(is).filter(([path]) => differs(path));
  return Object.fromEntries([...kept, ...typed]);
}
