import { expect, test } from "vitest";
import { en } from "../../../i18n/en";
import { SPECS } from "./specs";

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
