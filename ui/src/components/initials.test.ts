import { expect, test } from "vitest";
import { initials } from "./initials";

test.each([
  ["Maria Reyes", "MR"],
  ["Maria de los Santos Reyes", "MR"],
  ["Sukarno", "SU"],
  ["X", "X"],
  ["山田 太郎", "山太"],
  ["محمد علي", "مع"],
  ["ọla̱ adé", "ỌA"],
  ["O'Neill (Jr)", "OJ"],
  ["", ""],
  ["—", ""],
])("%s is told by %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
