import { expect, test } from "vitest";
import { commandTags } from "../generated/commands";
import { en } from "../i18n/en";
import { startText } from "../i18n/start";
import { CLAIM_KINDS, kindOf } from "./kinds";
import { actionWord, fieldWord, kindWord, rowWord, valueWord } from "./words";

const { t } = startText("en");

test.each(CLAIM_KINDS)("%s has words for each field and choice of its form, and no others", (kind) => {
  const { form } = kindOf(kind);
  const { field, word = {} } = en.record[kind] as {
    field: Record<string, string>;
    word?: Record<string, Record<string, string>>;
  };
  expect(Object.keys(field).sort()).toEqual(form.map(({ name }) => name).sort());
  const chosen = Object.fromEntries(
    form.flatMap(({ name, words }) => (words ? [[name, [...words].sort()]] : [])),
  );
  const said = Object.fromEntries(Object.entries(word).map(([name, all]) => [name, Object.keys(all).sort()]));
  expect(said).toEqual(chosen);
});

test.each(CLAIM_KINDS)("%s is made by what is asked for at once", (kind) => {
  const required = kindOf(kind).form.filter((field) => field.required);
  expect(required.length).toBeGreaterThan(0);
  expect(required.filter(({ later }) => later)).toEqual([]);
});

test("each command has its words in the trail", () => {
  for (const name of Object.keys(commandTags)) expect(actionWord(t, name), name).not.toBe(name);
  expect(actionWord(t, "of_tomorrow")).toBe("of_tomorrow");
});

test("a field, a word and a value are told by the words of their kind, and what is unknown as it came", () => {
  const date = (day: string) => `day ${day}`;
  expect(fieldWord(t, "problem", "name")).toBe("Problem");
  expect(fieldWord(t, "patient", "contacts/1/value")).toBe("Phones and e-mail");
  expect(fieldWord(t, "visit", "attended_by")).toBe("attended by");
  expect([rowWord(t, "problem", "side", "both"), rowWord(t, "immunisation", "status", "completed")]).toEqual([
    "both sides",
    "Given",
  ]);
  expect(valueWord(t, date, "fdi", "problem", "certainty", "excluded")).toBe("Excluded");
  expect(valueWord(t, date, "fdi", "problem", "certainty", "provisional")).toBe("provisional");
  expect(valueWord(t, date, "fdi", "allergy", "resolved", "true")).toBe("yes");
  expect(valueWord(t, date, "fdi", "problem", "since", "~2008")).toBe("day ~2008");
  // A system of an examination says which it is; one of a newer version its field alone.
  expect(fieldWord(t, "note", "exam/skin/text")).toBe("Examination: Skin");
  expect(fieldWord(t, "note", "exam/tail/text")).toBe("Examination");
  expect(valueWord(t, date, "fdi", "note", "exam/skin/finding", "not_examined")).toBe("not examined");
  expect(kindWord(t, "care_contract")).toBe("care contract");
});
