import type { Answer } from "../generated/Answer";
import type { FilledView } from "../generated/FilledView";

/** The answers of a form by their paths, `target:R` or `iop:R:k3f9`. */
export type Answers = Readonly<Record<string, Answer>>;

/** The answers that stand, of a record that may not be there yet. */
export function stands(answers: FilledView["answers"] | undefined): Answers {
  return Object.fromEntries(
    Object.entries(answers ?? {}).flatMap(([path, answer]) => (answer ? [[path, answer] as const] : [])),
  );
}

/** The answers of a signed form with what was added since. */
export function amendedAnswers({ answers, addenda }: FilledView): Answers {
  return Object.assign({}, stands(answers), ...addenda.map((each) => stands(each.answers))) as Answers;
}
