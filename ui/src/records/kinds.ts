import type { TFunction } from "i18next";
import {
  type AnyClaim,
  type ClaimKind,
  type ClaimWords,
  type FactKind,
  type FieldSpec,
  type KindOf,
  type LineOf,
  type Say,
} from "./kind";
import { addendum, note } from "./kinds/note";
import { attachment } from "./kinds/attachment";
import * as allergy from "./kinds/allergy";
import * as background from "./kinds/background";
import * as banner_alert from "./kinds/banner_alert";
import { certificate } from "./kinds/certificate";
import { consent } from "./kinds/consent";
import { procedure, tooth_exam, tooth_mark } from "./kinds/dental";
import * as enrolment from "./kinds/enrolment";
import { event } from "./kinds/event";
import { filled } from "./kinds/filled";
import * as immunisation from "./kinds/immunisation";
import * as medicine from "./kinds/medicine";
import * as problem from "./kinds/problem";
import { visit } from "./kinds/visit";

/** Every kind that is said of a person, in the order of their cards. One that is missing here does not compile. */
export const KINDS: { readonly [K in ClaimKind]: KindOf<K> } = {
  problem: problem.kind,
  medicine: medicine.kind,
  allergy: allergy.kind,
  background: background.kind,
  immunisation: immunisation.kind,
  banner_alert: banner_alert.kind,
  enrolment: enrolment.kind,
};

/** Their words. */
export const CLAIM_WORDS = {
  problem: problem.words,
  medicine: medicine.words,
  allergy: allergy.words,
  background: background.words,
  immunisation: immunisation.words,
  banner_alert: banner_alert.words,
  enrolment: enrolment.words,
} as const satisfies { [K in ClaimKind]: ClaimWords };

/** Their names, in the same order. */
export const CLAIM_KINDS = Object.keys(KINDS) as readonly ClaimKind[];

/** The lines of the other kinds; measurements are told together. */
export const LINES: { readonly [K in Exclude<FactKind, ClaimKind | "observation">]: LineOf<K> } = {
  visit,
  note,
  addendum,
  event,
  consent,
  tooth_exam,
  tooth_mark,
  procedure,
  filled,
  certificate,
  attachment,
};

/** A kind of which it is not known here which one it is. */
type AnyKind = Omit<KindOf<ClaimKind>, "line" | "card" | "form"> & {
  form: readonly FieldSpec[];
  line: (details: AnyClaim["details"], say: Say) => ReturnType<KindOf<ClaimKind>["line"]>;
  card?: (line: ReturnType<NonNullable<KindOf<ClaimKind>["card"]>>, claim: AnyClaim, say: Say) => typeof line;
};

/** The declaration of `of`. */
export function kindOf(of: ClaimKind): AnyKind {
  return KINDS[of] as unknown as AnyKind;
}

/** What the trail says of an action upon one of these kinds; null where it is upon none. */
export function claimAction(t: TFunction, action: string): string | null {
  for (const of of CLAIM_KINDS) {
    const done = {
      [`add_${of}`]: "add",
      [`edit_${of}`]: "edit",
      [`void_${of}`]: "void",
      [of]: "one",
      [KINDS[of].many]: "many",
    }[action] as "add" | "edit" | "void" | "one" | "many" | undefined;
    if (done) return t(`record.${of}.done.${done}`);
  }
  return null;
}
