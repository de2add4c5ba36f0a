import { expect, test } from "vitest";
import type { Fact } from "../generated/Fact";
import { startText } from "../i18n/start";
import { factWords, titleText } from "./facts";

const { t } = startText("en");
const told = (fact: Exclude<Fact, { kind: "observation" }>) => {
  const { mark, title, code, small, tag } = factWords(t, (date) => date, "Asia/Manila", fact);
  return [mark, title.map((piece) => piece.text).join(""), code, small.join(" · "), tag?.text];
};

test.each<[Exclude<Fact, { kind: "observation" }>, (string | undefined)[]]>([
  [
    {
      kind: "visit",
      details: { code: { display: "Encounter for check up (procedure)" }, attended_by: "Dr Lim" },
    },
    ["visit", "Encounter for check up", undefined, "Dr Lim", undefined],
  ],
  [
    { kind: "visit", details: { kind: "follow_up", status: "no_show" } },
    ["visit", "Follow-up", undefined, "", "Did not come"],
  ],
  [{ kind: "visit", details: {} }, ["visit", "Visit", undefined, "", undefined]],
  [
    { kind: "note", details: { concern: "cough", plan: "rest" } },
    ["note", "cough", undefined, "rest", undefined],
  ],
  [
    {
      kind: "consent",
      details: { sort: "minors", text: "2026-01", answer: "given", by: "guardian", guardian: "Rosa Mejía" },
    },
    ["consent", "Guardian’s consent", undefined, "version 2026-01, agreed by Rosa Mejía", undefined],
  ],
  [{ kind: "consent", details: {} }, ["consent", "Consent", undefined, "", undefined]],
  [
    { kind: "tooth_exam", details: { sound: ["11", "12"], not_seen: ["48"] } },
    ["tooth_exam", "Look at the teeth", undefined, "2 sound · 1 not seen", undefined],
  ],
  [
    { kind: "tooth_mark", details: { tooth: "11", mark: "fractured", surfaces: "MO", text: "knocked" } },
    ["tooth_mark", "11 MI: Fractured", undefined, "knocked", undefined],
  ],
  [
    {
      kind: "tooth_mark",
      details: { tooth: "36", mark: "caries", surfaces: "O", depth: "dentine", ended: "2026-11-24" },
    },
    ["tooth_mark", "36 O: Caries", undefined, "dentine · until 2026-11-24", undefined],
  ],
  [{ kind: "tooth_mark", details: {} }, ["tooth_mark", "Finding of a tooth", undefined, "", undefined]],
  [
    {
      kind: "procedure",
      details: {
        treatment: "filling",
        material: "composite",
        teeth: { 36: { tooth: "36", surfaces: "O" } },
        status: "done",
      },
    },
    ["procedure", "Filling, composite", undefined, "36 O", "Done"],
  ],
  [
    { kind: "filled", details: { form: "eye.pressure@1" } },
    ["filled", "Pressure of the eyes", undefined, "", undefined],
  ],
  [{ kind: "filled", details: {} }, ["filled", "Form", undefined, "", undefined]],
  [{ kind: "procedure", details: {} }, ["procedure", "Dental treatment", undefined, "", undefined]],
  [{ kind: "note", details: {} }, ["note", "Note", undefined, "", undefined]],
  [
    { kind: "addendum", details: { text: "culture negative", reason: "result came" } },
    ["addendum", "Addition: culture negative", undefined, "result came", undefined],
  ],
  [
    {
      kind: "event",
      details: {
        category: "procedure",
        code: { display: "Throat culture (procedure)" },
        status: "completed",
      },
    },
    ["procedure", "Throat culture", undefined, "Procedure", undefined],
  ],
  [
    { kind: "event", details: { category: "refused request", text: "X-ray\nnot done", status: "odd" } },
    ["event", "X-ray", undefined, "Event · not done", "odd"],
  ],
  [
    {
      kind: "problem",
      details: {
        name: "Viral sinusitis (disorder)",
        code: { system: "http://snomed.info/sct", code: "444814009" },
        status: "resolved",
        certainty: "suspected",
        since: "2017",
        until: "2018",
      },
    },
    ["problem", "Viral sinusitis", undefined, "suspected · since 2017 · until 2018", "Resolved"],
  ],
  [
    {
      kind: "problem",
      details: { name: "Asthma", code: { system: "urn:icd-10", code: "J45" }, side: "left" },
    },
    ["problem", "Asthma", "J45", "left", undefined],
  ],
  [
    {
      kind: "problem",
      details: { name: "Asthma", certainty: "excluded", status: "active", remarks: "a\nb" },
    },
    ["problem", "Ruled out: Asthma", undefined, "excluded · a · b", undefined],
  ],
  [
    {
      kind: "background",
      details: { name: "Breast cancer", sort: "illness", relative: "mother", remarks: "onset: 45 years" },
    },
    ["background", "Family: mother – Breast cancer", undefined, "illness · onset: 45 years", undefined],
  ],
  [
    {
      kind: "enrolment",
      details: {
        school_year: "2026-2027",
        term: "1st semester",
        programme: "BSN",
        year: "3",
        section: "A",
        status: "enrolled",
      },
    },
    ["enrolment", "2026-2027, 1st semester", undefined, "BSN 3 · A", "Enrolled"],
  ],
  [
    { kind: "enrolment", details: { school_year: "2025-2026", status: "left", until: "2026-08-10" } },
    ["enrolment", "2025-2026", undefined, "until 2026-08-10", "Left"],
  ],
  [
    {
      kind: "background",
      details: { name: "Smoking", sort: "habit", amount: "20 a day", when: "2010", status: "present" },
    },
    ["background", "Smoking", undefined, "habit · 20 a day · since 2010", "Present"],
  ],
  [
    { kind: "background", details: { name: "Stroke", sort: "family", recorded: "2019", status: "never" } },
    ["background", "Family: Never: Stroke", undefined, "recorded 2019", undefined],
  ],
  [
    { kind: "allergy", details: { substance: "latex", severity: "mild", resolved: true } },
    ["allergy", "Allergy: latex", undefined, "mild", "Resolved"],
  ],
  [
    { kind: "immunisation", details: { vaccine: "Rabies", dose: "2", status: "not-done" } },
    ["immunisation", "Not given: Rabies", undefined, "dose 2", undefined],
  ],
  [
    { kind: "medicine", details: { name: "paracetamol", dose: "1 tablet", status: "on-hold" } },
    ["medicine", "paracetamol — DOSE 1 tablet", undefined, "", "on-hold"],
  ],
  [
    { kind: "medicine", details: { name: "timolol", route: "eye", side: "left" } },
    ["medicine", "timolol — eye", undefined, "left eye", undefined],
  ],
  [
    {
      kind: "background",
      details: { sort: "operation", name: "Phaco + IOL", side: "not_recorded", when: "2025-06-27" },
    },
    ["background", "Phaco + IOL", undefined, "operation · eye not recorded · 2025-06-27", undefined],
  ],
  [
    {
      kind: "banner_alert",
      details: { text: "At risk for falls (finding)", act: "do not leave alone", until: "2027-01-31" },
    },
    ["banner_alert", "At risk for falls", undefined, "do not leave alone · until 2027-01-31", undefined],
  ],
  [
    { kind: "certificate", details: { verdict: "not_fit", from: "2026-11-22", until: "2026-11-23" } },
    ["certificate", "Not fit", undefined, "2026-11-22 to 2026-11-23", "Draft"],
  ],
])("%o is told in words", (fact, words) => {
  expect(told(fact)).toEqual(words);
});

test("of several diagnoses the main one is the title", () => {
  const diagnoses = { a: { name: "Fever" }, b: { name: "Acute tonsillitis", code: "J03.9", primary: true } };
  expect(told({ kind: "note", details: { diagnoses } })).toEqual([
    "diagnosis",
    "Acute tonsillitis",
    "J03.9",
    "Fever",
    undefined,
  ]);
});

test("a tooth of the timeline has the number that whoever reads has chosen", () => {
  const said = (fact: Exclude<Fact, { kind: "observation" }>) =>
    factWords(t, (date) => date, "UTC", fact, "universal");
  const mark = said({ kind: "tooth_mark", details: { tooth: "16", mark: "caries", surfaces: "O" } });
  expect(titleText(mark)).toBe("3 O: Caries");
  const teeth = { 16: { tooth: "16", surfaces: "O" }, 55: { tooth: "55" } } as const;
  expect(said({ kind: "procedure", details: { treatment: "filling", teeth } }).small).toEqual(["3 O, A"]);
});
