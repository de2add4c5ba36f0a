import type { Allergy } from "../../../generated/Allergy";
import type { Immunisation } from "../../../generated/Immunisation";
import type { Medicine } from "../../../generated/Medicine";
import type { Problem } from "../../../generated/Problem";

/** What the chart keeps of a person beside their visits. */
export interface ClaimDetails {
  allergy: Allergy;
  problem: Problem;
  medicine: Medicine;
  immunisation: Immunisation;
}

export type ClaimKind = keyof ClaimDetails;

/** A field of a form: what it holds, and how it is asked for. */
export interface FieldSpec {
  name: string;
  /** `date` is of the past, `day` may also lie ahead; `flag` is yes or no. */
  as: "text" | "area" | "date" | "day" | "choice" | "list" | "flag";
  /** The words of a choice or a list, as they are stored. */
  words?: readonly string[];
  required?: true;
  /** Stands beside the field before it. */
  beside?: true;
  /** Only asked for when a record is changed, not when it is made. */
  later?: true;
  /** Only asked for once the records ask for it. */
  asked?: true;
}

const SEVERITIES = ["mild", "moderate", "severe"] as const;

/** The forms, from top to bottom. */
export const SPECS: { [K in ClaimKind]: readonly (FieldSpec & { name: keyof ClaimDetails[K] })[] } = {
  allergy: [
    { name: "substance", as: "text", required: true },
    { name: "despite", as: "text", asked: true },
    { name: "reaction", as: "text" },
    { name: "severity", as: "choice", words: SEVERITIES },
    { name: "since", as: "date" },
    { name: "remarks", as: "area" },
    { name: "resolved", as: "flag", later: true },
  ],
  problem: [
    { name: "name", as: "text", required: true },
    {
      name: "status",
      as: "list",
      words: ["new", "active", "stable", "progressing", "improving", "managed", "resolved"],
    },
    { name: "certainty", as: "list", words: ["confirmed", "suspected", "excluded"], beside: true },
    { name: "severity", as: "choice", words: SEVERITIES },
    { name: "side", as: "choice", words: ["left", "right", "both"] },
    { name: "since", as: "date" },
    { name: "until", as: "date", beside: true },
    { name: "remarks", as: "area" },
  ],
  medicine: [
    { name: "name", as: "text", required: true },
    { name: "despite", as: "text", asked: true },
    { name: "brand", as: "text" },
    { name: "strength", as: "text", beside: true },
    { name: "form", as: "text" },
    { name: "dose", as: "text", beside: true },
    { name: "route", as: "text" },
    { name: "frequency", as: "text", beside: true },
    { name: "as_needed", as: "flag" },
    { name: "reason", as: "text" },
    { name: "since", as: "date" },
    { name: "until", as: "day", beside: true },
    { name: "status", as: "choice", words: ["active", "completed", "stopped"], later: true },
    { name: "stopped", as: "text", later: true },
  ],
  immunisation: [
    { name: "vaccine", as: "text", required: true },
    { name: "given", as: "date" },
    { name: "dose", as: "text", beside: true },
    { name: "lot", as: "text" },
    { name: "next_due", as: "day", beside: true },
    { name: "status", as: "choice", words: ["completed", "not-done"] },
    { name: "remarks", as: "area" },
  ],
};

/** What a form holds: text for every field but a flag. */
export type Values = Record<string, string | boolean>;

/** The details as a form holds them; fields without a place in the form are left alone. */
export function valuesOf(specs: readonly FieldSpec[], details: object): Values {
  const known = details as Record<string, string | boolean | undefined>;
  return Object.fromEntries(specs.map(({ name, as }) => [name, known[name] ?? (as === "flag" ? false : "")]));
}
