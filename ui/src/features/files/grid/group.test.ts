import { expect, test } from "vitest";
import { aFile } from "../../../testing/files";
import { issued } from "../../../testing/papers";
import type { Certificate } from "../types";
import { byDay, papersOf } from "./group";

const certificate = (id: string, day: string) => ({ ...issued(), id, day }) as unknown as Certificate;
const told = (papers: ReturnType<typeof papersOf>) => papers.map(({ id }) => id);

test("files and certificates stand together, latest first, and what has no day last", () => {
  const files = [aFile({ id: "b", day: "2026-11-25" }), aFile({ id: "a", day: "2026-09-03" })];
  const undated = aFile({ id: "u", day: null });
  const papers = papersOf(
    [...files, undated],
    [certificate("c", "2026-11-25"), certificate("d", "2026-10-01")],
    false,
  );
  expect(told(papers)).toEqual(["b", "c", "d", "a", "u"]);
  expect(byDay(papers).map(({ day, papers: own }) => [day, own.length])).toEqual([
    ["2026-11-25", 2],
    ["2026-10-01", 1],
    ["2026-09-03", 1],
    [null, 1],
  ]);
});

test("a certificate from before the files that came waits for those that are still to come", () => {
  const files = [aFile({ id: "b", day: "2026-11-25" })];
  const certificates = [certificate("c", "2026-11-25"), certificate("d", "2026-10-01")];
  expect(told(papersOf(files, certificates, true))).toEqual(["b", "c"]);
  expect(told(papersOf([], certificates, false))).toEqual(["c", "d"]);
});
