import type { TagKind } from "../../components/Tag";
import type { ProcedureStatus } from "../../generated/ProcedureStatus";
import type { LineOf, Say } from "../kind";

/** How far a treatment is, by colour. */
export const TREATMENT_TAGS: Record<ProcedureStatus, TagKind> = {
  planned: "plain",
  scheduled: "plain",
  under_way: "go",
  done: "ok",
  failed: "warn",
  postponed: "plain",
  cancelled: "plain",
};

/** Surfaces as they are said of a tooth: the edge of a front tooth is I. */
export function surfacesSaid(tooth: string, surfaces: string | null | undefined): string {
  const front = Number(tooth[1]) <= 3;
  return front ? (surfaces ?? "").replace("O", "I") : (surfaces ?? "");
}

/** A tooth with its surfaces, `36 OD`. */
function toothSaid(say: Say, tooth: string, surfaces?: string | null): string {
  return [say.tooth(tooth), surfacesSaid(tooth, surfaces)].filter(Boolean).join(" ");
}

export const tooth_exam: LineOf<"tooth_exam"> = (exam, { t }) => ({
  title: t("record.tooth_exam.one"),
  small: (["sound", "as_before", "unerupted", "shed", "not_seen"] as const)
    .map((list) => exam[list]?.length && t(`dental.counted.${list}`, { count: exam[list].length }))
    .filter((said) => typeof said === "string"),
});

export const tooth_mark: LineOf<"tooth_mark"> = (mark, say) => {
  const { t, word, date } = say;
  return {
    title:
      mark.tooth &&
      mark.mark &&
      t("dental.line", { tooth: toothSaid(say, mark.tooth, mark.surfaces), what: word("mark", mark.mark) }),
    small: [
      mark.depth && word("depth", mark.depth),
      mark.for_caries !== undefined && word("for_caries", String(mark.for_caries)),
      mark.grade !== undefined && t("dental.grade", { grade: String(mark.grade) }),
      mark.material,
      mark.text,
      mark.ended && t("dental.ended", { date: date(mark.ended) }),
    ],
  };
};

export const procedure: LineOf<"procedure"> = (procedure, say) => {
  const { word } = say;
  const teeth = Object.values(procedure.teeth ?? {}).flatMap(({ tooth, surfaces }) =>
    tooth ? [toothSaid(say, tooth, surfaces)] : [],
  );
  return {
    title:
      procedure.treatment &&
      [word("treatment", procedure.treatment), procedure.material].filter(Boolean).join(", "),
    small: [teeth.join(", "), procedure.text, procedure.reason],
    tag: procedure.status && {
      kind: TREATMENT_TAGS[procedure.status],
      text: word("status", procedure.status),
    },
  };
};
