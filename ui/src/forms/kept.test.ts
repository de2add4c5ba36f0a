import { expect, test } from "vitest";
import { readTyping, typedFields, writeTyping } from "./kept";

const BLANK = { name: "", certain: false, entries: [] as string[] };

test("what was typed is read again, with what was seen", () => {
  const typing = {
    seen: { version: 3, visit: "v1", note: null, since: 12 },
    before: { ...BLANK, name: "asthma" },
    values: { ...BLANK, name: "asthma, mild" },
    unread: { since: { text: "soon", trouble: "unreadable" as const } },
  };
  expect(readTyping(writeTyping(typing), BLANK)).toEqual(typing);
});

test("a field of another kind than the form has stays blank, and one that it did not have yet too", () => {
  const kept = JSON.stringify({ version: 1, before: {}, values: { name: 4, certain: "yes", entries: {} } });
  expect(readTyping(kept, BLANK)?.values).toEqual(BLANK);
});

test.each([
  ["a note", { note: "n1", version: 2, before: {}, typing: { name: "cough" } }, { name: "cough" }],
  ["an addition", { name: "later", reason: "" }, { name: "later", reason: "" }],
  ["vital signs", { name: "88", visit: "v0", since: 5 }, { name: "88" }],
])("%s that was kept before all forms kept alike goes on", (_, kept, values) => {
  expect(readTyping(JSON.stringify(kept), {})?.values).toEqual(values);
});

test.each(["a sentence of a reason", "{}", "null", "[]", "4", '{"values":"x"}', '{"values":{"name":"x"}}'])(
  "%s is not read as a form's",
  (text) => {
    expect(readTyping(text, BLANK)).toBeNull();
  },
);

test("plain words are a form's only field", () => {
  expect(typedFields("a sentence")).toEqual({ text: "a sentence" });
  expect(typedFields('{"values":{"concern":"cough"},"before":{}}')).toEqual({ concern: "cough" });
});
