import { expect, test } from "vitest";
import { typedPerson } from "./typed-name";

const person = (typed: string) => typedPerson(typed, "2026-11-22", []);

test.each([
  ["gustavo mejía", { family: "Mejía", given: "Gustavo" }],
  ["mejía, gustavo alberto", { family: "Mejía", given: "Gustavo Alberto" }],
  ["suharto", { family: "Suharto" }],
  ["Ana dela Cruz", { family: "Cruz", given: "Ana dela" }],
  ["jean-luc o'neill", { family: "O'Neill", given: "Jean-Luc" }],
  ["محمد الحسن", { family: "الحسن", given: "محمد" }],
  ["ana reyes 14/7/1999", { family: "Reyes", given: "Ana", birth_date: "1999-07-14" }],
  ["", {}],
])("%s begins the registration of %o", (typed, begun) => {
  expect(person(typed)).toEqual(begun);
});

test("a number that was looked for is kept as a number", () => {
  expect(Object.values(person("2019-104-883").identifiers ?? {})).toEqual([
    { system: "student", value: "2019-104-883" },
  ]);
});
