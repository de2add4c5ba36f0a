import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import { filesRun } from "./run";

const file = (name: string, text = "x", type = "application/pdf") => new File([text], name, { type });
const brings = () => {
  const brought: string[] = [];
  const run = filesRun(async (_, name) => `id ${brought.push(name)}`);
  return { run, brought };
};
const names = (run: ReturnType<typeof filesRun>, patient = "ann") => run.of(patient).map(({ name }) => name);

test("each file is handed over once, and two of one name are told apart", async () => {
  const { run, brought } = brings();
  await run.take("ann", [file("scan.pdf"), file("scan.pdf"), file("scan.pdf", "another")], "?");
  expect(names(run)).toEqual(["scan.pdf", "scan.pdf (2)"]);
  expect(brought).toEqual(["scan.pdf", "scan.pdf (2)"]);
  expect(run.of("ann").map((each) => each.brought)).toEqual(["id 1", "id 2"]);
  expect(names(run, "ben")).toEqual([]);
});

test("what was pasted has no name of its own, and a stroke leads nowhere", async () => {
  const { run } = brings();
  await run.take("ann", [file(""), file("a/b.pdf")], "Pasted");
  expect(names(run)).toEqual(["Pasted", "a b.pdf"]);
});

test("a file that is too large is refused before it is read, and may be chosen again", async () => {
  const { run, brought } = brings();
  const large = file("movie");
  Object.defineProperty(large, "size", { value: 100_000_001 });
  await run.take("ann", [large], "?");
  expect(run.of("ann")[0]?.refused).toMatchObject({ code: "file_unfit", fields: { reason: "too_large" } });
  await run.take("ann", [large], "?");
  expect(names(run)).toEqual(["movie"]);
  expect(brought).toEqual([]);
});

test("why the program did not take one stands at it, and the next goes over all the same", async () => {
  let first = true;
  const run = filesRun(async () => {
    if (!first) return "id";
    first = false;
    throw new Refused("screen_locked");
  });
  await run.take("ann", [file("a"), file("b")], "?");
  expect(run.of("ann").map(({ refused, brought }) => refused?.code ?? brought)).toEqual([
    "screen_locked",
    "id",
  ]);
});

test("what is somebody else's waits for their chart, where it has to be confirmed anew", async () => {
  const { run } = brings();
  await run.take("ann", [file("x-ray")], "?");
  run.confirm("ann", "x-ray");
  run.pass("ann", "ben", "x-ray");
  expect(names(run)).toEqual([]);
  expect(run.of("ben")).toMatchObject([{ name: "x-ray", brought: "id 1", confirmed: false }]);
});

test("after the person left nothing that still comes is kept", async () => {
  let come: (id: string) => void = () => {};
  let begin: () => void = () => {};
  const began = new Promise<void>((done) => (begin = done));
  const run = filesRun(() => {
    begin();
    return new Promise((done) => (come = done));
  });
  const taking = run.take("ann", [file("a")], "?");
  await began;
  run.leave();
  come("id");
  await taking;
  expect(run.of("ann")).toEqual([]);
});
