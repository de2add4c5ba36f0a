import type { TFunction } from "i18next";
import type { ToothShown } from "../../generated/ToothShown";
import type { Treated } from "../../generated/Treated";
import { numberOf, surfacesOf, surfacesTrouble, type Numbers } from "./called";
import { toothWords } from "./teeth";

/** The teeth of a treatment as they are typed, `36 O, 37 MO`, by these numbers; null where they cannot be read. */
export function readTreated(
  typed: string,
  teeth: readonly ToothShown[],
  numbers: Numbers,
): Record<string, Treated> | null {
  const parts = typed
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  // `36O` is `36 O`; of Universal numbers letters are teeth too, so there a blank is needed.
  const form = numbers === "fdi" ? /^(\d{2})\s*(.*)$/ : /^(\S+)\s*(.*)$/;
  const read = parts.map((part): [string, Treated] | null => {
    const [, number = "", letters = ""] = form.exec(part.toUpperCase()) ?? [];
    const typed = letters.replaceAll(" ", "");
    const tooth = teeth.find((shown) => numberOf(shown, numbers) === number)?.tooth;
    if (!tooth || surfacesTrouble(typed, tooth)) return null;
    const surfaces = surfacesOf(typed);
    return [tooth, { tooth, ...(surfaces ? { surfaces } : {}) }];
  });
  if (read.some((each) => each === null)) return null;
  return Object.fromEntries(read.filter((each) => each !== null));
}

/** The names of these teeth, which tell whoever types a number which tooth it is; nothing where there are none. */
export function treatedWords(t: TFunction, treated: Record<string, Treated> | null): string | null {
  const words = Object.values(treated ?? {}).flatMap(({ tooth }) => (tooth ? [toothWords(t, tooth)] : []));
  return words.length > 0 ? words.join(", ") : null;
}
