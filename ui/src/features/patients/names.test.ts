import { expect, test } from "vitest";
import { saidName, writtenName } from "./names";

test.each([
  [{ family: "Mejía", given: "Gustavo", title: "Mr." }, "MEJÍA, Gustavo (Mr)"],
  [{ family: "Reyes", given: "Ana", middle: "Cruz", title: null }, "REYES, Ana Cruz"],
  [{ family: "Suharto", given: null }, "SUHARTO"],
  [{ given: "Madonna", title: "Ms" }, "Madonna (Ms)"],
  [{ family: "الحسن", given: "محمد علي" }, "الحسن, محمد علي"],
  [{ family: "isik", given: "" }, "ISIK"],
  [{ title: "Dr" }, ""],
])("%o is written %s", (name, written) => {
  expect(writtenName(name)).toBe(written);
});

test("a name is said given name first", () => {
  expect(saidName({ family: "Mejía", given: "Gustavo" })).toBe("Gustavo Mejía");
  expect(saidName({ family: "Suharto" })).toBe("Suharto");
});
