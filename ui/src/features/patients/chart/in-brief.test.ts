import { expect, test } from "vitest";
import { inBrief } from "./in-brief";

test("as many whole entries as fit are shown, and the rest is counted", () => {
  expect(inBrief(["penicillin (rash)", "latex"], 40)).toEqual({
    shown: ["penicillin (rash)", "latex"],
    more: 0,
  });
  expect(inBrief(["penicillin (rash)", "latex", "nuts"], 27)).toEqual({
    shown: ["penicillin (rash)", "latex"],
    more: 1,
  });
});

test("the first is always shown whole, however long", () => {
  expect(inBrief(["a".repeat(200), "latex"], 40)).toEqual({ shown: ["a".repeat(200)], more: 1 });
  expect(inBrief([], 40)).toEqual({ shown: [], more: 0 });
});
