import { expect, test } from "vitest";
import { readTask, taskName, type ClaimTask } from "./task";

test.each<ClaimTask>([
  { kind: "allergy", act: "add" },
  { kind: "medicine", act: "edit", id: "0190-a" },
  { kind: "problem", act: "withdraw", id: "0190-b" },
])("%o is read back from its name", (task) => {
  expect(readTask(taskName(task))).toEqual(task);
});

test.each(["", "note.add", "allergy", "allergy.edit", "allergy.burn.1"])("%s names no task here", (name) => {
  expect(readTask(name)).toBeNull();
});
