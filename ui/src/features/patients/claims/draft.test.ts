import { expect, test } from "vitest";
import { draftText, readDraft } from "./draft";

test("what was typed is read again", () => {
  const draft = { version: 3, before: { name: "asthma" }, values: { name: "asthma, mild" } };
  expect(readDraft(draftText(draft))).toEqual(draft);
});

test("typing that another form kept is not read as one of ours", () => {
  expect(readDraft("a sentence of a note")).toBeNull();
  expect(readDraft("{}")).toBeNull();
});
