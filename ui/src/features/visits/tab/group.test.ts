import { expect, test } from "vitest";
import type { Fact } from "../../../generated/Fact";
import type { TimelineRow } from "../../../generated/TimelineRow";
import { groupVisits } from "./group";

const row = (id: string, fact: Fact): TimelineRow =>
  ({ id, signed: true, line: null, fact }) as unknown as TimelineRow;

test("a visit has its notes and its forms in the order of their writing, with how often each was added to", () => {
  const rows = [
    row("a2", { kind: "addendum", details: { document: "f1" } }),
    row("a1", { kind: "addendum", details: { note: "n1" } }),
    row("f2", { kind: "filled", details: { visit: "v1", form: "dental.bpe@1" } }),
    row("f1", { kind: "filled", details: { visit: "v1", form: "dental.visit@1" } }),
    row("f0", { kind: "filled", details: { form: "eye.disc@1" } }),
    row("n1", { kind: "note", details: { visit: "v1" } }),
    row("v1", { kind: "visit", details: {} }),
  ];
  const [visit, ...more] = groupVisits(rows);
  expect(more).toEqual([]);
  expect(visit?.forms.map(({ id, additions }) => [id, additions])).toEqual([
    ["f1", 1],
    ["f2", 0],
  ]);
  expect(visit?.notes.map(({ id, additions }) => [id, additions])).toEqual([["n1", 1]]);
});
