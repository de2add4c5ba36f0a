import type { TFunction } from "i18next";
import type { FindingRow } from "../../generated/FindingRow";
import type { ToothShown } from "../../generated/ToothShown";
import type { TreatmentRow } from "../../generated/TreatmentRow";
import { surfacesSaid } from "../../records/kinds/dental";
import { choiceWord } from "../../records/words";
import { numberOf, type Numbers } from "./called";
import { toothWords } from "./teeth";

/** The number of a tooth as it is chosen to be shown. */
export function numbered(teeth: readonly ToothShown[], numbers: Numbers): (tooth: string) => string {
  return (tooth) => {
    const shown = teeth.find((each) => each.tooth === tooth);
    return shown ? numberOf(shown, numbers) : tooth;
  };
}

/** What was found, with its depth: `Caries, dentine`. */
export function findingSaid(t: TFunction, { mark, depth }: Pick<FindingRow, "mark" | "depth">): string {
  const what = choiceWord(t, "tooth_mark", "mark", mark);
  return depth ? `${what}, ${choiceWord(t, "tooth_mark", "depth", depth)}` : what;
}

/** What is done, with what: `Filling, composite`. */
export function treatmentSaid(
  t: TFunction,
  { treatment, material }: Pick<TreatmentRow, "treatment" | "material">,
): string {
  const what = treatment ? choiceWord(t, "procedure", "treatment", treatment) : t("record.procedure.one");
  return [what, material].filter(Boolean).join(", ");
}

/** The teeth of a treatment, `36 O, 37 MO`. */
export function treatedSaid(
  { teeth }: Pick<TreatmentRow, "teeth">,
  number: (tooth: string) => string,
): string {
  return teeth
    .map(({ tooth, surfaces }) => [number(tooth), surfacesSaid(tooth, surfaces)].filter(Boolean).join(" "))
    .join(", ");
}

/** A tooth in a sentence: its number, its name, how it stands, what is found and what is planned. */
export function toothState(t: TFunction, shown: ToothShown, number: string): string {
  const { tooth, stands, marks, planned, clashes } = shown;
  const found = marks.map(({ mark, surfaces, depth }) =>
    [findingSaid(t, { mark, depth: depth ?? null }), surfacesSaid(tooth, surfaces)].filter(Boolean).join(" "),
  );
  const ahead = planned.map(({ treatment, surfaces }) =>
    t("dental.planned_is", {
      what: [choiceWord(t, "procedure", "treatment", treatment), surfacesSaid(tooth, surfaces)]
        .filter(Boolean)
        .join(" "),
    }),
  );
  const said = found.length > 0 ? found : [t(`dental.stands.${stands}`)];
  const clash = clashes.length > 0 ? [t("dental.contradicts")] : [];
  return `${number}, ${toothWords(t, tooth)}: ${[...said, ...ahead, ...clash].join("; ")}`;
}

/** A finding in a line, `36 O: Caries, dentine`. */
export function findingLine(t: TFunction, row: FindingRow, number: (tooth: string) => string): string {
  const tooth = [number(row.tooth), surfacesSaid(row.tooth, row.surfaces)].filter(Boolean).join(" ");
  return t("dental.line", { tooth, what: findingSaid(t, row) });
}
