import { expect, test } from "vitest";
import { readTask, taskName, type Task } from "./task";

// The names under which typing was kept before, to the letter: whoever was in the middle of it goes on.
test.each<[string, Task]>([
  ["allergies", { of: "allergies" }],
  ["allergy.add", { of: "allergy", act: "add" }],
  ["medicine.edit.0190-a", { of: "medicine", act: "edit", id: "0190-a" }],
  ["problem.withdraw.0190-b", { of: "problem", act: "withdraw", id: "0190-b" }],
  ["visit v1", { of: "visit", visit: "v1" }],
  ["note v1", { of: "note", visit: "v1" }],
  ["note v1 n1", { of: "note", visit: "v1", note: "n1" }],
  ["addendum v1 n1", { of: "addendum", visit: "v1", note: "n1" }],
  ["withdraw v1 n1", { of: "withdraw", visit: "v1", note: "n1" }],
  ["form eye.pressure", { of: "form", form: "eye.pressure" }],
  ["form eye.pressure v1", { of: "form", form: "eye.pressure", visit: "v1" }],
  ["form.withdraw.f1", { of: "form", act: "withdraw", filled: "f1" }],
  ["form.amend.f1", { of: "form", act: "amend", filled: "f1" }],
  ["form.retract.f1.a1", { of: "form", act: "retract", filled: "f1", addendum: "a1" }],
  ["addendum.withdraw.n1.a1", { of: "addendum", act: "withdraw", note: "n1", addendum: "a1" }],
  ["vitals", { of: "vitals" }],
  ["vital o1", { of: "vital", record: "o1" }],
  ["details", { of: "details" }],
  ["details.withdraw", { of: "details", act: "withdraw" }],
  ["register k1", { of: "register", key: "k1" }],
  ["certificate.add", { of: "certificate", act: "add" }],
  ["certificate.replace.c1", { of: "certificate", act: "replace", certificate: "c1" }],
  ["certificate.revoke.c1", { of: "certificate", act: "revoke", certificate: "c1" }],
])("%s names one task, and that task has this name", (name, task) => {
  expect(readTask(name)).toEqual(task);
  expect(taskName(task)).toBe(name);
});

test.each([
  "",
  "note",
  "note.add",
  "allergy",
  "allergy.edit",
  "allergy.burn.1",
  "allergy.edit.1.2",
  "details.edit",
  "certificate",
  "toString",
  "allergy.toString",
])("%s names no task", (name) => {
  expect(readTask(name)).toBeNull();
});
