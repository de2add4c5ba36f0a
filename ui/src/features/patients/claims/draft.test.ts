import { expect, test } from "vitest";
import { draftText, keptDraft } from "./draft";

const draft = { version: 3, before: { name: "asthma" }, values: { name: "asthma, mild" } };
const row = (text: string) => ({ patient: "p", subject: "problem.edit.x", text, at: 0 });

test("what was typed is found again by patient and subject", () => {
  const rows = [row(draftText(draft))];
  expect(keptDraft(rows, "p", "problem.edit.x")).toEqual(draft);
  expect(keptDraft(rows, "other", "problem.edit.x")).toBeNull();
  expect(keptDraft(rows, "p", "problem.add")).toBeNull();
});

test("typing that another form kept is not read as one of ours", () => {
  expect(keptDraft([row("a sentence of a note")], "p", "problem.edit.x")).toBeNull();
  expect(keptDraft([row("{}")], "p", "problem.edit.x")).toBeNull();
});
