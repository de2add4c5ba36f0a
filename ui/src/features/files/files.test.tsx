import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { aFile, FILES, fileView, looked, RASH, SCAN, state, XRAY } from "../../testing/files";
import { flaws, layOut } from "../../testing/on-screen";
import { line, PAPER, PAPERS } from "../../testing/papers";
import { GUSTAVA, PEOPLE, person } from "../../testing/people";
import { renderApp } from "../../testing/render";
import { DOCTOR, session } from "../../testing/signed-in";
import { VISIT, VISITING } from "../../testing/visits";

const user = userEvent.setup({ delay: null });
const { id } = person();
const open = (handlers: Handlers = {}, search = "?tab=documents") =>
  renderApp(`/patients/${id}${search}`, { ...PEOPLE, ...VISITING, ...PAPERS, ...FILES, ...handlers });
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const tile = (name: RegExp) => screen.findByRole("button", { name });
const scan = (name = "scan.pdf", type = "application/pdf") => new File(["%PDF-"], name, { type });
const choose = async (...files: File[]) => {
  await screen.findAllByRole("button", { name: /^(Add files|Choose files)/ });
  await user.upload(document.querySelector("input[type=file]") as HTMLElement, files);
};

beforeEach(() => {
  layOut();
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T02:42:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

test("documents stand under their days with what they are, and say where their bytes are", async () => {
  open({ certificates_of: () => ({ rows: [] }) });
  const today = await screen.findByRole("region", { name: "Today, 22-Nov-2026" });
  const said = within(today)
    .getAllByRole("button")
    .map((each) => each.textContent);
  expect(said).toEqual([
    "Complete blood countLaboratory · 2 pages · Liza Cruz 10:20",
    "Rash, left forearmPhoto · Maria Reyes 10:31",
  ]);
  const xray = await tile(/Chest, PA/);
  expect(xray.textContent).toBe("only at Dental 2Chest, PAX-ray · DICOM · Liza Cruz");
  expect(await flaws()).toEqual([]);
});

test("a state that is not here is told in words, and so is a file that stands twice", async () => {
  const states = [
    state({ at: "coming", percent: 40 }),
    state({ at: "server" }),
    state({ at: "damaged" }),
    state({ at: "elsewhere" }),
  ];
  const rows = states.map((each, at) =>
    aFile({ id: `f${at}`, title: `File ${at}`, state: each, twice: at === 1 }),
  );
  open({ files: () => ({ rows, counts: { laboratory: 4 }, next: null }) });
  for (const words of ["coming, 40 %", "at the server", "damaged", "not here yet", "Filed twice"]) {
    expect(await screen.findByText(words)).toBeDefined();
  }
});

test("the clinic’s own certificates stand among them and open at their own place", async () => {
  const { router } = open({ certificates_of: () => ({ rows: [line(PAPER)] }) });
  await user.click(await screen.findByRole("button", { name: "Certificates 1" }));
  expect(screen.queryByRole("button", { name: /Complete blood count/ })).toBeNull();
  await user.click(await screen.findByRole("button", { name: /Submitted.*Sick leave, student/ }));
  await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/certificates\//));
});

test("a sort is chosen by its chip, and the next one takes its place", async () => {
  const { host } = open();
  await user.click(await screen.findByRole("button", { name: "Laboratory 1" }));
  await user.click(await screen.findByRole("button", { name: "X-ray 1" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: /Complete blood count/ })).toBeNull());
  expect(sent(host, "files").map((input) => (input as { sort: string }).sort)).toEqual([
    null,
    "laboratory",
    "xray",
  ]);
});

test("the documents of a sort go into one file for another system where the person chooses", async () => {
  const export_files = () => ({ name: "documents.json", files: 3, absent: 1 });
  const { host } = open({ export_files });
  await user.click(await screen.findByRole("button", { name: "Save for another system" }));
  await screen.findByText(/3 documents were saved as documents\.json.*1 of them is without its content/);
  expect(sent(host, "export_files")).toEqual([{ patient: id, sort: null, place: "a place" }]);
});

test("a result that nobody has read says so, and one key says that it was", async () => {
  const reading = "unread" as const;
  const { host } = open(
    {
      files: () => ({ rows: [aFile({ reading })], counts: { laboratory: 1 }, next: null }),
      file: () => fileView({ reading }),
      read_file: () => ({ id: SCAN, version: 3, conflict: false }),
    },
    `?tab=documents&task=file ${SCAN}`,
  );
  await screen.findByText("nobody has read it yet");
  await user.keyboard("v");
  await waitFor(() => expect(sent(host, "read_file")).toEqual([{ id: SCAN, version: 2 }]));
});

test("who does not answer for results is not asked whether they read one, nor is anybody before it is here", async () => {
  const elsewhere = fileView({ reading: "unread", state: state({ at: "server" }) });
  open({ file: () => elsewhere }, `?tab=documents&task=file ${SCAN}`);
  await screen.findByText("nobody has read it yet");
  expect(screen.queryByRole("button", { name: /I have read it/ })).toBeNull();
});

test("a copy is printed on the machine’s printer, and a picture of several says that it is the first", async () => {
  const { host } = open(
    {
      file_pages: () => ({
        pages: [{ picture: "x", width: 40, height: 20 }],
        next: null,
        text: null,
        more: false,
        frames: 120,
      }),
      print_file: () => ({ job: "7", copies: 1, printer: "desk" }),
    },
    `?tab=documents&task=file ${SCAN}`,
  );
  await screen.findByText(/The first of 120 pictures/);
  await user.click(await screen.findByRole("button", { name: "Print a copy" }));
  await screen.findByText(/A copy is on its way to desk/);
  expect(sent(host, "print_file")).toEqual([{ file: SCAN, printer: null, copies: 1 }]);
});

test("Today lists the results that nobody has read, the longest waiting first, and opens one", async () => {
  const row = {
    id: SCAN,
    version: 2,
    person: person(),
    sort: "laboratory" as const,
    title: "Complete blood count",
    filed: "2026-11-22T10:20:00+08:00",
    author: "Liza Cruz",
  };
  const { router } = renderApp("/today", {
    ...PEOPLE,
    ...VISITING,
    ...PAPERS,
    ...FILES,
    unread_files: () => ({ rows: [row], count: 4, next: null }),
  });
  const card = (await screen.findByRole("heading", { name: "Results that nobody has read" })).closest(
    "section",
  );
  const said = within(card as HTMLElement);
  said.getByText("3 more wait to be read.");
  await user.click(said.getByRole("button", { name: "Open" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${id}`));
  expect(router.state.location.search).toMatchObject({ tab: "documents", task: `file ${SCAN}` });
});

test("the keys go among the tiles, open one, look at it and go back to where they were", async () => {
  const { host } = open({ certificates_of: () => ({ rows: [] }) });
  (await tile(/Complete blood count/)).focus();
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement?.textContent).toContain("Rash");
  await user.keyboard("{Enter}");
  await screen.findByRole("group", { name: "Document" });
  await screen.findByText("the place, the camera");
  expect(screen.getByText("100 %")).toBeDefined();
  await user.keyboard("++-");
  expect(screen.getByText("125 %")).toBeDefined();
  await user.keyboard("0r");
  await waitFor(() => expect(document.querySelector("[style*='rotate(90deg)']")).not.toBeNull());
  await user.keyboard("{ArrowLeft}");
  await waitFor(() => expect(sent(host, "file")).toContainEqual({ file: SCAN }));
  await screen.findByRole("heading", { name: "Complete blood count" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("group", { name: "Document" })).toBeNull());
  expect(document.activeElement?.textContent).toContain("Rash");
});

test("two are compared side by side, and the arrows change the second", async () => {
  open({ certificates_of: () => ({ rows: [] }) }, `?tab=documents&task=file ${SCAN}`);
  await screen.findByRole("group", { name: "Document" });
  await tile(/Compare two/);
  await user.keyboard("c");
  await screen.findByRole("group", { name: "Rash, left forearm" });
  screen.getByRole("group", { name: "Document" }).focus();
  await user.keyboard("{ArrowRight}");
  await screen.findByRole("group", { name: "Chest, PA" });
  const both = within(screen.getByRole("group", { name: "Document" }));
  expect(both.getByRole("group", { name: "Complete blood count" })).toBeDefined();
  await user.keyboard("c");
  await waitFor(() => expect(screen.queryByRole("group", { name: "Chest, PA" })).toBeNull());
});

test("the pages of a PDF follow as they come into sight, and a text shows its words", async () => {
  const { host } = open({}, `?tab=documents&task=file ${SCAN}`);
  await user.click(await screen.findByRole("button", { name: "Further pages" }));
  await waitFor(() =>
    expect(sent(host, "file_pages").map((each) => (each as { from: number }).from)).toContain(2),
  );
  expect(await screen.findByRole("img", { name: "Complete blood count, page 2 of 2" })).toBeDefined();
});

test("what is only elsewhere says where, and what is at the server comes on asking", async () => {
  open({}, `?tab=documents&task=file ${XRAY}`);
  expect(await screen.findByText("It is only at Dental 2.")).toBeDefined();
});

test("what is at the server is fetched by a press, once", async () => {
  const view = () => fileView({ state: state({ at: "server" }) });
  const { host } = open(
    { file: view, fetch_file: () => state({ at: "server", asked: true }) },
    `?tab=documents&task=file ${SCAN}`,
  );
  await user.click(await screen.findByRole("button", { name: "Fetch it now" }));
  await screen.findByText("Asked for. It opens once it is here.");
  expect(sent(host, "fetch_file")).toEqual([{ file: SCAN }]);
});

test("a copy is saved under a name that names nobody, and why not is told", async () => {
  const { host } = open({ save_file: () => ({ name: "out.pdf" }) }, `?tab=documents&task=file ${SCAN}`);
  await screen.findByRole("group", { name: "Document" });
  await screen.findByRole("button", { name: /Save a copy/ });
  await user.keyboard("e");
  await screen.findByText("A copy was saved as out.pdf.");
  expect(sent(host, "save_file")).toEqual([{ file: SCAN, place: "a place" }]);
});

test("files that are dropped or pasted anywhere are looked at, with what is taken out and kept", async () => {
  const { host } = open({
    look_at_file: () =>
      looked({ removed: ["location", "camera"], reduced: true, original_bytes: 6_200_000, bytes: 900_000 }),
  });
  await tile(/^Add files/);
  fireEvent.drop(document.body, {
    dataTransfer: { files: [scan("IMG_1.jpg", "image/jpeg")], types: ["Files"] },
  });
  await screen.findByRole("heading", { name: "Add 1 file" });
  await screen.findByText("Taken out: the place, the camera");
  expect(screen.getByText(/6.2 MB, kept with 900 kB/)).toBeDefined();
  const paste = new Event("paste", { bubbles: true });
  const clipboardData = { files: [scan("", "image/png")], types: ["Files"], getData: () => "" };
  Object.assign(paste, { clipboardData });
  fireEvent(document.body, paste);
  await screen.findByRole("heading", { name: "Add 2 files" });
  await waitFor(() => expect(host.brought).toEqual(["IMG_1.jpg", "A pasted file"]));
});

test("each file that is ready is filed with what was said of it, one that names somebody else stays", async () => {
  const says = { family: "MEJIA", given: "Gustavo R.", number: null, birth_date: "1989-07-14" };
  const { host } = open({
    look_at_file: ({ file }) =>
      "brought" in file && file.brought === "file 2"
        ? looked({ original_type: "application/dicom", title: "Chest, PA", says, differs: ["birth_date"] })
        : looked(),
    add_file: () => ({ id: SCAN, version: 1, twice: null }),
  });
  await choose(scan(), scan("x.dcm", ""));
  const first = await screen.findByRole("region", { name: "scan.pdf" });
  await user.type(within(first).getByLabelText(/^Title/), "Blood count");
  await user.selectOptions(within(first).getByLabelText(/^Sort/), "laboratory");
  const second = screen.getByRole("region", { name: "x.dcm" });
  expect(await within(second).findByText("The file names somebody else")).toBeDefined();
  expect(second.textContent).toContain("MEJIA, Gustavo R. · 14-Jul-1989");
  expect(screen.getByText("1 of 2 can be added")).toBeDefined();
  await user.click(screen.getByRole("button", { name: /^Add 1 file/ }));
  await screen.findByText("1 file added.");
  expect(sent(host, "add_file")).toEqual([
    {
      file: "file 1",
      patient: id,
      about: VISIT,
      came_by: "file",
      confirmed: false,
      details: { title: "Blood count", sort: "laboratory" },
    },
  ]);
  await user.click(within(second).getByRole("button", { name: "It is this person…" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "It is this person" }));
  await user.click(await screen.findByRole("button", { name: /^Add 1 file/ }));
  await waitFor(() => expect(sent(host, "add_file")).toHaveLength(2));
  expect(sent(host, "add_file")[1]).toMatchObject({
    file: "file 2",
    confirmed: true,
    details: { title: "Chest, PA", sort: "xray" },
  });
});

test("whose it is, is found, and the file waits in that chart", async () => {
  const says = { family: "Mejias", given: "Gustava", number: null, birth_date: "1948" };
  const { router } = open({
    look_at_file: ({ patient }) => looked({ says, differs: patient === id ? ["name"] : [] }),
    find_patients: () => ({ people: [GUSTAVA] }) as never,
  });
  await choose(scan("x.dcm", ""));
  await user.click(await screen.findByRole("button", { name: "Find who it is" }));
  expect(document.activeElement).toBe(screen.getByLabelText(/^To whom/));
  expect(screen.getByRole("button", { name: "It is this person…" })).toBeDefined();
  await user.click(await screen.findByRole("option", { name: /MEJIAS, Gustava/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${GUSTAVA.id}`));
  const card = await screen.findByRole("region", { name: "x.dcm" });
  await within(card).findByText("To fill in");
});

test("a file that is not taken says what to do instead, and the others can be added", async () => {
  open({
    look_at_file: ({ file }) => {
      if ("brought" in file && file.brought === "file 1") {
        throw new Refused("file_unfit", { reason: "program" });
      }
      return looked();
    },
  });
  await choose(scan("holiday.jpg", "image/jpeg"), scan());
  const card = await screen.findByRole("region", { name: "holiday.jpg" });
  await within(card).findByText("Not taken");
  expect(card.textContent).toContain("This is a program, whatever its name says. Do not open it.");
  const other = screen.getByRole("region", { name: "scan.pdf" });
  await within(other).findByText("To fill in");
  expect(screen.queryByRole("button", { name: /^Add 1 file/ })).toBeNull();
  await user.type(within(other).getByLabelText(/^Title/), "Count");
  await user.selectOptions(within(other).getByLabelText(/^Sort/), "laboratory");
  await within(other).findByText("Ready");
  await screen.findByRole("button", { name: /^Add 1 file/ });
  await user.click(within(card).getByRole("button", { name: "Leave “holiday.jpg” out" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "holiday.jpg" })).toBeNull());
});

test("what is too large for its sort may be said to be another sort, there and then", async () => {
  open({
    look_at_file: ({ sort }) => {
      if (sort !== "xray") throw new Refused("file_unfit", { reason: "too_large", most: 25 });
      return looked();
    },
  });
  await choose(scan("chest.jpg", "image/jpeg"));
  const card = await screen.findByRole("region", { name: "chest.jpg" });
  await within(card).findByText("This file is larger than its sort may be (25 MB).");
  await user.selectOptions(within(card).getByLabelText(/^Sort/), "xray");
  await within(card).findByText("To fill in");
  expect(document.activeElement).toBe(within(card).getByLabelText(/^Sort/));
});

test("what is missing is brought into sight, also where the keys are in it already", async () => {
  const shown = vi.spyOn(Element.prototype, "scrollIntoView");
  open();
  await choose(scan());
  const title = await screen.findByLabelText(/^Title/);
  await screen.findByText("To fill in");
  title.focus();
  shown.mockClear();
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Say what it is.");
  expect(shown.mock.contexts).toContain(title);
});

test("a file that is in the chart already is told before it is filed twice, and so is what a PDF carries", async () => {
  open({ look_at_file: () => looked({ twice: SCAN, active: ["script"] }) });
  await choose(scan());
  await screen.findByText(/The same file is in this chart already/);
  expect(screen.getByText(/It carries a program, which is never run here/)).toBeDefined();
});

test("a paper of the tray is taken into the chart, and the folder is chosen where there is none", async () => {
  const paper = { name: "0001.pdf", bytes: 90_000, at: null, media_type: "application/pdf", unfit: null };
  let chosen = false;
  const { host } = open(
    {
      tray: () => ({
        folder: chosen ? "scans" : null,
        there: chosen,
        papers: chosen ? [paper] : [],
        count: chosen ? 1 : 0,
      }),
      set_tray: () => {
        chosen = true;
        return {};
      },
      assign_from_tray: () => ({ id: SCAN, version: 1, twice: null }),
    },
    "?tab=documents",
  );
  await user.click(await screen.findByRole("button", { name: "Set up the tray" }));
  await user.click(await screen.findByRole("button", { name: "Choose the folder" }));
  expect(sent(host, "set_tray")).toEqual([{ place: "a place" }]);
  await user.click(await screen.findByRole("button", { name: "Take" }));
  const card = await screen.findByRole("region", { name: "0001.pdf" });
  await user.type(within(card).getByLabelText(/^Title/), "Consent");
  await user.selectOptions(within(card).getByLabelText(/^Sort/), "consent");
  await user.click(await screen.findByRole("button", { name: /^Add 1 file/ }));
  await waitFor(() => expect(sent(host, "assign_from_tray")).toHaveLength(1));
  expect(sent(host, "assign_from_tray")[0]).toMatchObject({ paper: "0001.pdf", patient: id });
  expect(sent(host, "add_file")).toEqual([]);
});

test("a move that the file speaks against asks once more, and leads to the other chart", async () => {
  const { host } = open(
    {
      find_patients: () => ({ people: [GUSTAVA, person()] }) as never,
      move_file: ({ confirmed }) => {
        if (!confirmed) throw new Refused("another_person", { differs: "name" });
        return {
          id: RASH,
          version: 1,
          conflict: false,
          copies: [{ at: "2026-11-22T10:40:00+08:00", who: null }],
        };
      },
    },
    `?tab=documents&task=attachment.move.${RASH}`,
  );
  await user.type(await screen.findByLabelText(/^To whom/), "mejias");
  const found = await screen.findAllByRole("option");
  expect(found).toHaveLength(1);
  await user.keyboard("{Enter}");
  await user.keyboard("Filed in the wrong chart");
  await user.click(screen.getByRole("button", { name: "Somebody else" }));
  expect(document.activeElement).toBe(screen.getByLabelText(/^To whom/));
  await user.clear(screen.getByLabelText(/^To whom/));
  await user.keyboard("mejias");
  await screen.findAllByRole("option");
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByLabelText(/^What was wrong/));
  await user.click(screen.getByRole("button", { name: /^Move it/ }));
  await user.click(await screen.findByLabelText(/^It is this person/));
  await user.click(screen.getByRole("button", { name: /^Move it/ }));
  await screen.findByText(/Moved to MEJIAS, Gustava/);
  expect(screen.getByText(/1 copy of it was saved or printed meanwhile/)).toBeDefined();
  expect(sent(host, "move_file").at(-1)).toEqual({
    id: RASH,
    version: 2,
    to: GUSTAVA.id,
    reason: "Filed in the wrong chart",
    confirmed: true,
  });
});

test("a letter that misses the field of a form does nothing to the document behind it", async () => {
  const { host } = open({}, `?tab=documents&task=attachment.move.${RASH}`);
  await screen.findByLabelText(/^What was wrong/);
  await screen.findByRole("button", { name: /Turn to the right/ });
  (document.activeElement as HTMLElement).blur();
  await user.keyboard("er+");
  expect(screen.getByText("100 %")).toBeDefined();
  expect(sent(host, "save_file")).toEqual([]);
});

test("the day on which it was taken is typed key by key, whatever the file says of it", async () => {
  open({ look_at_file: () => looked({ taken_on: "2026-11-20" }) });
  await choose(scan());
  await screen.findByLabelText(/^Taken on/);
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/^Taken on/).value).toBe("20-Nov-2026"));
  await user.click(screen.getByLabelText(/^Taken on/));
  await user.keyboard("{Control>}a{/Control}3 sep 2026{Tab}");
  expect(screen.getByLabelText<HTMLInputElement>(/^Taken on/).value).toBe("03-Sep-2026");
});

test("who may only read adds, changes and moves nothing", async () => {
  const permissions = DOCTOR.filter((each) => !each.startsWith("file."));
  const { host } = open({ session: () => session({ permissions }) }, `?tab=documents&task=file ${SCAN}`);
  await screen.findByRole("heading", { name: "Complete blood count" });
  await screen.findByRole("group", { name: "Document" });
  for (const name of [/^Add files/, /^Change/, /^Move/, /^Save a copy/, /^Entered in error/]) {
    expect(screen.queryByRole("button", { name })).toBeNull();
  }
  await user.keyboard("em");
  expect(sent(host, "tray")).toEqual([]);
  expect(sent(host, "save_file")).toEqual([]);
});

test("the front desk adds a paper to a chart that it may not read", async () => {
  const permissions = DOCTOR.filter((each) => !["chart.read", "file.void", "file.export"].includes(each));
  const { host } = open(
    {
      session: () => session({ role: "front_desk", permissions }),
      add_file: () => ({ id: SCAN, version: 1, twice: null }),
    },
    "",
  );
  await choose(scan());
  const card = await screen.findByRole("region", { name: "scan.pdf" });
  await user.type(within(card).getByLabelText(/^Title/), "Referral letter");
  await user.selectOptions(within(card).getByLabelText(/^Sort/), "referral");
  await user.click(await screen.findByRole("button", { name: /^Add 1 file/ }));
  await waitFor(() => expect(sent(host, "add_file")).toHaveLength(1));
  expect(sent(host, "files")).toEqual([]);
});

test("the timeline tells a file in a line that opens it", async () => {
  const { router } = open(
    {
      timeline: () => ({
        rows: [
          {
            id: SCAN,
            version: 2,
            at: 1,
            day: "2026-11-22",
            time: "10:20",
            author: "Liza Cruz",
            imported: false,
            signed: false,
            disputed: [],
            shortened: false,
            level: null,
            levels: {},
            act: null,
            fact: {
              kind: "attachment",
              details: { title: "Complete blood count", sort: "laboratory", pages: 2 },
            },
          },
        ],
        next: null,
      }),
    },
    "?tab=timeline",
  );
  const told = await screen.findByRole("button", { name: "Complete blood count" });
  expect(told.closest("li")?.textContent).toContain("Liza CruzLaboratory2 pages");
  await user.click(told);
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ tab: "documents", task: `file ${SCAN}` }),
  );
});
