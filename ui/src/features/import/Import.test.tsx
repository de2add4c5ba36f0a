import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Imported, ImportFhir } from "../../generated/commands";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderApp, renderPart } from "../../testing/render";
import { ADMINISTRATOR, session, status } from "../../testing/signed-in";
import { Import } from "./Import";
import { ImportInHand } from "./in-hand";

const FOUND: Imported = {
  patients: 1,
  met_again: 0,
  records: 200,
  already_here: 0,
  changed: [],
  left: [],
  by_type: {
    Patient: { stored: 1, known: 0, merged: 0, left_out: {}, cut: {} },
    Observation: { stored: 199, known: 0, merged: 4, left_out: { entered_in_error: 2 }, cut: {} },
    Claim: { stored: 0, known: 0, merged: 0, left_out: { claims_not_kept: 7 }, cut: {} },
  },
};

const bundle = (name: string, text = "{}") => new File([text], name, { type: "application/json" });

type Answer = NonNullable<Handlers["import_fhir"]>;

const handlers = (answer: Answer): Handlers => ({
  session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
  status: () => status(),
  import_fhir: answer,
});

function draw(answer: Answer) {
  const part = (
    <ImportInHand>
      <Import />
    </ImportInHand>
  );
  return renderPart(part, handlers(answer));
}

async function choose(...files: File[]) {
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("no place to choose files");
  await userEvent.upload(input, files);
}

const sent = (host: { calls: { name: string; input: unknown }[] }) =>
  host.calls.filter(({ name }) => name === "import_fhir").map(({ input }) => input as ImportFhir);

const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));

test("files are looked at first, and what they would bring is said by kind", async () => {
  const { host } = draw(() => FOUND);
  await choose(bundle("one.json", "a"), bundle("two.json", "b"));
  await screen.findByText("400 new records about 2 people would be imported.");
  expect(sent(host)).toEqual([
    { text: "a", dry_run: true },
    { text: "b", dry_run: true },
  ]);
  screen.getByRole("row", { name: "Observations 398 8 4 marked as a mistake by its source" });
  screen.getByRole("row", { name: "Claims 14 claims and payments" });
  screen.getByRole("row", { name: "two.json 1 200 0 9 Can be imported" });
});

test("what is wrong or over is told with its place and its reason", async () => {
  const left = [{ place: "Bundle.entry[0].resource.telecom[1]", reason: "ended" as const }];
  draw(() => ({ ...FOUND, left }));
  await choose(bundle("one.json"));
  await screen.findByRole("row", { name: "no longer in use one.json Bundle.entry[0].resource.telecom[1]" });
});

test("files with a record a line are one export together", async () => {
  const { host } = draw(() => FOUND);
  await choose(bundle("Patient.ndjson", "a"), bundle("one.json", "b"), bundle("Observation.ndjson", "c"));
  await screen.findByRole("row", { name: /^Patient.ndjson, Observation.ndjson/ });
  await waitFor(() => expect(sent(host).map(({ text }) => text)).toEqual(["b", "a\nc"]));
});

test("they are taken in one after the other, once it is said so", async () => {
  const { host } = draw(() => FOUND);
  await choose(bundle("one.json", "a"), bundle("two.json", "b"));
  await press("Import 2 files");
  await screen.findByText("400 records about 2 people were imported.");
  expect(sent(host).slice(2)).toEqual([
    { text: "a", dry_run: false },
    { text: "b", dry_run: false },
  ]);
});

test("what is here already is said, and nothing is offered where nothing is new", async () => {
  draw(() => ({ ...FOUND, records: 0, already_here: 200, met_again: 1 }));
  await choose(bundle("again.json"));
  await screen.findByText(
    "Everything in these files, about 1 person (1 known already), is here already: importing them changes nothing.",
  );
  screen.getByRole("row", { name: "again.json 1 known already 0 200 9 All here already" });
  expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
});

test("what the other system has changed since is told, because it is not taken over", async () => {
  const changed = ["problem", "allergy"].map((kind, at) => ({
    kind,
    record: `r${String(at)}`,
    patient: "p1",
    place: `Bundle.entry[${String(at)}].resource`,
  }));
  draw(() => ({ ...FOUND, records: 0, already_here: 200, changed }));
  await choose(bundle("again.json"));
  await screen.findByText(/^Of 2 records here the files say something else than at first/);
  screen.getByRole("row", { name: "Allergy again.json Bundle.entry[1].resource" });
});

test("a file that cannot be imported says why and where, and the others can be taken in without it", async () => {
  const { host } = draw(({ text }) => {
    if (text === "bad") throw new Refused("file_refused", { place: "line 3 column 7", reason: "not_json" });
    return FOUND;
  });
  await choose(bundle("bad.json", "bad"), bundle("good.json", "good"));
  const row = await screen.findByRole("row", { name: /^bad.json/ });
  await waitFor(() =>
    expect(row.textContent).toContain("It is not whole, or no JSON at all. At line 3 column 7."),
  );
  await press("Import 1 file");
  await screen.findByText("200 records about 1 person were imported.");
  expect(sent(host).filter(({ dry_run }) => !dry_run)).toEqual([{ text: "good", dry_run: false }]);
});

test("a file that is no text is refused before it is sent", async () => {
  const { host } = draw(() => FOUND);
  await choose(new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], "photo.json"));
  expect((await screen.findByRole("row", { name: /^photo.json/ })).textContent).toContain(
    "It is no text: a picture, a packed file or the like.",
  );
  expect(sent(host)).toEqual([]);
  expect(screen.getByText("Nothing would be imported.")).toBeTruthy();
});

test("it ends after the file in hand, and goes on from there", async () => {
  const waiting: (() => void)[] = [];
  const { host } = draw(({ dry_run }) =>
    dry_run ? FOUND : new Promise((done) => waiting.push(() => done(FOUND))),
  );
  await choose(bundle("one.json", "a"), bundle("two.json", "b"));
  await press("Import 2 files");
  await screen.findByText("Importing file 1 of 2");
  await press("Stop after this file");
  waiting.shift()?.();
  await screen.findByText("Stopped. 1 file was not imported.");
  expect(sent(host).filter(({ dry_run }) => !dry_run)).toHaveLength(1);
  await press("Import 1 file");
  await waitFor(() => expect(waiting).toHaveLength(1));
  waiting.shift()?.();
  await screen.findByText("400 records about 2 people were imported.");
});

test("a trouble that is no file's ends it and is told, and the file in hand can be tried again", async () => {
  let full = true;
  draw(({ dry_run }) => {
    if (!dry_run && full) throw new Refused("disk_full");
    return FOUND;
  });
  await choose(bundle("one.json"), bundle("two.json"));
  await press("Import 2 files");
  expect((await screen.findByRole("alert")).textContent).toContain("The disk of this computer is full.");
  full = false;
  await press("Import 2 files");
  await screen.findByText("400 records about 2 people were imported.");
});

test("whoever leaves the screen meanwhile is told when it is finished", async () => {
  const waiting: (() => void)[] = [];
  const { router } = renderApp(
    "/admin/import",
    handlers(({ dry_run }) => (dry_run ? FOUND : new Promise((done) => waiting.push(() => done(FOUND))))),
  );
  await screen.findByRole("button", { name: "Choose files" });
  await choose(bundle("one.json"));
  await press("Import 1 file");
  await waitFor(() => expect(waiting).toHaveLength(1));
  await act(() => router.navigate({ to: "/today" }));
  waiting.shift()?.();
  await screen.findByText("The import is finished.");
  await act(() => router.navigate({ to: "/admin/import" }));
  await screen.findByText("200 records about 1 person were imported.");
});
