import { expect, test } from "vitest";
import { changesOf } from "./changes";

test("only what changed is told, trimmed, and what was emptied as nothing", () => {
  const before = {
    substance: "penicillin",
    reaction: "rash",
    severity: "mild",
    as_needed: true,
    resolved: false,
  };
  const after = {
    ...before,
    substance: "penicillin ",
    reaction: " ",
    severity: "severe",
    remarks: "since school",
  };
  expect(changesOf(before, after)).toEqual({ reaction: null, severity: "severe", remarks: "since school" });
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf(before, { ...before, as_needed: false })).toEqual({ as_needed: null });
});

test("an entry of a list is told part by part, and one that is gone loses each of them", () => {
  const before: object = { contacts: { a: { system: "phone", value: "1" } } };
  const after = { contacts: { b: { value: "2" } } };
  expect(changesOf(before, after)).toEqual({
    "contacts/a/system": null,
    "contacts/a/value": null,
    "contacts/b/value": "2",
  });
});
