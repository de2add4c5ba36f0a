import { expect, test } from "vitest";
import { inBrief } from "./in-brief";

const CEFUROXIME = { substance: "Cefuroxime", reaction: "anaphylaxis", severe: true };
const PENICILLIN = { substance: "Penicillin", reaction: "rash", severe: false };
const LATEX = { substance: "Latex", reaction: null, severe: false };
const ALL = [CEFUROXIME, PENICILLIN, LATEX];

test.each([
  [60, ["Cefuroxime (anaphylaxis)", "Penicillin (rash)", "Latex"], 0],
  [50, ["Cefuroxime (anaphylaxis)", "Penicillin (rash)", "Latex"], 0],
  [49, ["Cefuroxime (anaphylaxis)", "Penicillin", "Latex"], 0],
  [40, ["Cefuroxime", "Penicillin", "Latex"], 0],
  [28, ["Cefuroxime", "Penicillin"], 1],
  [12, ["Cefuroxime"], 2],
])(
  "in %i signs reactions go before substances, and nothing is left out that has room",
  (room, shown, more) => {
    expect(inBrief(ALL, room)).toEqual({ shown, more });
  },
);

test("the gravest is always shown whole, however long", () => {
  const long = { ...LATEX, substance: "a".repeat(200) };
  expect(inBrief([long, LATEX], 40)).toEqual({ shown: ["a".repeat(200)], more: 1 });
  expect(inBrief([], 40)).toEqual({ shown: [], more: 0 });
});
