import { expect, test } from "vitest";
import { diagnosisText, readDiagnosis } from "./diagnosis";

test.each([
  ["Acute tonsillitis J03.9", { name: "Acute tonsillitis", code: "J03.9" }],
  ["Acute tonsillitis · j03.9", { name: "Acute tonsillitis", code: "J03.9" }],
  ["asthma, J45", { name: "asthma", code: "J45" }],
  ["Essential hypertension (I10)", { name: "Essential hypertension", code: "I10" }],
  ["  Migraine  ", { name: "Migraine" }],
  ["", {}],
  ["J03.9", { code: "J03.9" }],
])("“%s” is read as its name and its code", (typed, read) => {
  expect(readDiagnosis(typed)).toEqual(read);
});

test.each(["Lack of vitamin B12", "Exposure to T34", "Vitamin B12 deficiency", "Grade 2-3 sprain"])(
  "“%s” is a name without a code",
  (typed) => {
    expect(readDiagnosis(typed)).toEqual({ name: typed });
  },
);

test("what was read is written back so that it is read the same", () => {
  for (const known of [
    { name: "Acute tonsillitis", code: "J03.9" },
    { name: "Asthma", code: "J45" },
    { name: "Flu" },
  ])
    expect(readDiagnosis(diagnosisText(known))).toEqual(known);
});
