import { expect, test } from "vitest";
import { storedDetails, tidied } from "./changes";
import { changesOf } from "../../../forms/changes";
import type { Patient } from "../../../generated/Patient";
import { entryId } from "../../../host/entry-id";

const changes = (before: Patient, after: Patient) => changesOf(before, after, storedDetails);

test("only changed paths are sent, entries by their own id", () => {
  const before = {
    family: "Mejía",
    given: "Gustavo",
    religion: "none",
    contacts: { a: { system: "phone", value: "0917 555 0101", purpose: "mobile" } },
  };
  const after = {
    ...before,
    given: "Gustavo Alberto ",
    religion: " ",
    contacts: {
      a: { system: "phone", value: "0917 555 0199", purpose: "mobile" },
      b: { system: "email", value: "g@example.org" },
    },
  };
  expect(changes(before, after)).toEqual({
    given: "Gustavo Alberto",
    religion: null,
    "contacts/a/value": "0917 555 0199",
    "contacts/b/system": "email",
    "contacts/b/value": "g@example.org",
  });
  expect(changes(before, before)).toEqual({});
});

test("an entry that was taken away or emptied loses each of its parts", () => {
  const before = { relations: { a: { name: "Rosa", phone: "1", consents: true } } };
  const gone = { "relations/a/name": null, "relations/a/phone": null, "relations/a/consents": null };
  expect(changes(before, { relations: {} })).toEqual(gone);
  expect(changes(before, { relations: { a: { name: "", phone: " ", consents: true } } })).toEqual(gone);
});

test("what says nothing is not stored", () => {
  const details = { family: " Reyes\tCruz ", given: "", contacts: { a: { system: "phone", value: " " } } };
  expect(tidied(details)).toEqual({ family: "Reyes Cruz" });
});

test("ids of entries are of version 7 and stay in the order of their making", () => {
  const [first, second] = [entryId(1_700_000_000_000), entryId(1_700_000_000_001)];
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(first < second).toBe(true);
});
