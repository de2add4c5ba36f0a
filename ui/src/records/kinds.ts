import type { TFunction } from "i18next";
import {
  type AnyClaim,
  type ClaimKind,
  type FactKind,
  type FieldSpec,
  type KindOf,
  type LineOf,
  type Say,
} from "./kind";
import { addendum, note } from "./kinds/note";
import { allergy } from "./kinds/allergy";
import { background } from "./kinds/background";
import { certificate } from "./kinds/certificate";
import { consent } from "./kinds/consent";
import { event } from "./kinds/event";
import { immunisation } from "./kinds/immunisation";
import { medicine } from "./kinds/medicine";
import { problem } from "./kinds/problem";
import { visit } from "./kinds/visit";

/** Every kind that is said of a person, in the order of their cards. One that is missing here does not compile. */
export const KINDS: { readonly [K in ClaimKind]: KindOf<K> } = {
  problem,
  medicine,
  allergy,
  background,
  immunisation,
};

/** Their names, in the same order. */
export const CLAIM_KINDS = Object.keys(KINDS) as readonly ClaimKind[];

/** The lines of the other kinds; measurements are told together. */
export const LINES: { readonly [K in Exclude<FactKind, ClaimKind | "observation">]: LineOf<K> } = {
  visit,
  note,
  addendum,
  event,
  consent,
  certificate,
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
