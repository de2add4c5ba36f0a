import { expect, test } from "vitest";
import { en } from "../../../i18n/en";
import { changedValues, SPECS, valuesOf } from "./specs";

test("only what changed is sent, trimmed, and what was emptied as nothing", () => {
  const before = valuesOf(SPECS.allergy, { substance: "penicillin", reaction: "rash", severity: "mild" });
  const after = {
    ...before,
    substance: "penicillin ",
    reaction: " ",
    severity: "severe",
    remarks: "since school",
  };
  expect(changedValues(before, after)).toEqual({
    reaction: null,
    severity: "severe",
    remarks: "since school",
  });
});

test("a flag that was never set and stays so is no change; taken back it is nothing", () => {
  const before = valuesOf(SPECS.medicine, { name: "salbutamol", as_needed: true });
  expect(changedValues(before, before)).toEqual({});
  expect(changedValues(before, { ...before, as_needed: false })).toEqual({ as_needed: null });
});

test("each field has its label, and each word of a choice its words", () => {
  const labels: Record<string, Record<string, string>> = en.patients.claim;
  const words: Record<string, Record<string, string>> = en.patients.word;
  for (const [kind, specs] of Object.entries(SPECS)) {
    for (const spec of specs) {
      expect(labels[kind]?.[spec.name], `${kind} ${spec.name}`).toBeTruthy();
      for (const word of spec.words ?? []) expect(words[`${kind}_${spec.name}`]?.[word], word).toBeTruthy();
    }
  }
});
