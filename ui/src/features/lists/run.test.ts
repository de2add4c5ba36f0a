import { expect, test } from "vitest";
import { listRun } from "./run";

test("what was refused of one decision is told though the next one went through", async () => {
  const asked: string[] = [];
  const list = { id: "l1", stage: "looked" };
  const run = listRun((async (name: string, input: { row?: number }) => {
    asked.push(`${name} ${input.row ?? ""}`);
    if (input.row === 1) throw { code: "stale", fields: {} };
    return name === "list_in_hand" ? { list } : list;
  }) as never);
  await run.load();
  await Promise.all([run.settle(1, "keep", null), run.settle(2, "keep", null)]);
  expect(asked).toEqual(["list_in_hand ", "settle_row 1", "settle_row 2"]);
  expect(run.snapshot().trouble).not.toBeNull();
  expect(run.snapshot().list).toEqual(list);
});
