import type { ClaimKind } from "./specs";

/** The commands of each kind of claim. */
export const COMMANDS = {
  allergy: { add: "add_allergy", edit: "edit_allergy", withdraw: "void_allergy", may: "allergy.edit" },
  problem: { add: "add_problem", edit: "edit_problem", withdraw: "void_problem", may: "problem.edit" },
  medicine: { add: "add_medicine", edit: "edit_medicine", withdraw: "void_medicine", may: "medicine.edit" },
  immunisation: {
    add: "add_immunisation",
    edit: "edit_immunisation",
    withdraw: "void_immunisation",
    may: "immunisation.edit",
  },
} as const satisfies Record<ClaimKind, object>;
