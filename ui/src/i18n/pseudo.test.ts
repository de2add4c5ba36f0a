import { expect, test } from "vitest";
import { en } from "./en";
import { pseudo, pseudoText } from "./pseudo";

test("the pseudo-locale is accented, bracketed and at least 40 % longer", () => {
  const text = "Find a patient, certificate or command";
  const strange = pseudoText(text);
  expect(strange).toMatch(/^\[.*\]$/);
  expect(strange).not.toContain("patient");
  expect(strange.length).toBeGreaterThanOrEqual(text.length * 1.4);
});

test("values and tags survive it", () => {
  expect(pseudoText("Offline, {{count}} waiting since <b>{{time}}</b>")).toMatch(
    /\{\{count\}\}.*<b>\{\{time\}\}<\/b>/,
  );
});

test("it has every key of English", () => {
  const keys = (node: unknown, at = ""): string[] =>
    typeof node === "string"
      ? [at]
      : Object.entries(node as object).flatMap(([k, v]) => keys(v, `${at}.${k}`));
  expect(keys(pseudo(en))).toEqual(keys(en));
});
