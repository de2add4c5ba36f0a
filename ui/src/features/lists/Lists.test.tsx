import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { HeldList } from "../../generated/HeldList";
import type { ListedPerson } from "../../generated/ListedPerson";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, session, status } from "../../testing/signed-in";
import { ListInHand } from "./in-hand";
import { ListScreen } from "./ListScreen";

const OPENED: HeldList = {
  id: "l1",
  name: "first-year.csv",
  format: "windows1252",
  sheet: null,
  stage: "opened",
  columns: [
    { head: "Student No.", samples: ["2026-1", "2026-2"], means: "number" },
    { head: "Sino", samples: ["Peña, Ana"], means: null },
  ],
  more_columns: 0,
  remembered: false,
  dates: "day_first",
  zeros_lost: null,
  coverage: null,
  rows: 3,
  unlooked: 3,
  counts: [],
  due: 0,
  enrolled: 0,
  whole: true,
};

const LOOKED: HeldList = {
  ...OPENED,
  stage: "looked",
  unlooked: 0,
  coverage: { school_year: "2026-2027", term: null, campus: null, programmes: [], from: null },
  counts: [
    { outcome: "changed", all: 1, taken: 0 },
    { outcome: "new", all: 2, taken: 0 },
  ],
  due: 3,
};

const ROW: ListedPerson = {
  row: 2,
  line: 2,
  number: "2026-1",
  name: "Peña Ana",
  why: null,
  same_as: null,
  changes: [{ what: "family", here: "Santos", list: "Peña" }],
  person: null,
  candidates: [],
  choice: null,
  chosen: null,
  taken: false,
};

function draw(handlers: Handlers) {
  const part = (
    <ListInHand>
      <ListScreen />
    </ListInHand>
  );
  return renderPart(part, {
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    status: () => status(),
    list_in_hand: () => ({ list: null }),
    list_rows: () => ({ rows: [ROW], next: null }),
    ...handlers,
  });
}

const inputs = (host: { calls: { name: string; input: unknown }[] }, name: string) =>
  host.calls.filter((call) => call.name === name).map(({ input }) => input);

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole("button", { name }));

test("a list is opened, its columns are mapped and its rows looked at slice by slice", async () => {
  let asked = 0;
  const { host } = draw({
    open_list: () => OPENED,
    look_at_list: () => (++asked < 3 ? { ...OPENED, stage: "looking", unlooked: 3 - asked } : LOOKED),
  });
  await screen.findByRole("button", { name: "Choose a list" });
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("no place to choose a file");
  await userEvent.upload(input, new File(["né"], "first-year.csv"), { applyAccept: false });
  await screen.findByText(/first-year.csv: 3 rows, text in Windows letters/);
  expect(inputs(host, "open_list")).toEqual([{ name: "first-year.csv", bytes: "bsOp" }]);
  await userEvent.type(screen.getByRole("textbox", { name: /School year/ }), "2026-2027");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "What Sino means" }), "name");
  await press("Look at the rows");
  await screen.findByRole("tab", { name: "Changed 1" });
  const coverage = { school_year: "2026-2027", term: null, campus: null, programmes: [], from: null };
  expect(inputs(host, "look_at_list")).toEqual([
    { list: "l1", with: { columns: ["number", "name"], dates: "day_first", zeros_lost: null, coverage } },
    { list: "l1", with: null },
    { list: "l1", with: null },
  ]);
});

test("a list without its school year, or with a day that is none, is refused at that field, and the rest stays typed", async () => {
  const { host } = draw({
    list_in_hand: () => ({ list: OPENED }),
    look_at_list: () => {
      throw new Refused("missing", { field: "number" });
    },
  });
  const year = await screen.findByRole<HTMLInputElement>("textbox", { name: /School year/ });
  const from = screen.getByRole<HTMLInputElement>("textbox", { name: /First day of the term/ });
  await userEvent.type(year, " ");
  await userEvent.type(from, "soon");
  await press("Look at the rows");
  await screen.findByText("Say for which school year the list is.");
  expect([year.getAttribute("aria-invalid"), document.activeElement]).toEqual(["true", year]);
  await userEvent.type(year, "2026-2027");
  expect(screen.queryByText("Say for which school year the list is.")).toBeNull();
  await press("Look at the rows");
  expect(document.activeElement).toBe(from);
  expect(inputs(host, "look_at_list")).toEqual([]);
  await userEvent.clear(from);
  await press("Look at the rows");
  await screen.findByRole("alert");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: /School year/ }).value).toBe(" 2026-2027");
});

test("a school year that is none is told at its field, and no more once it is typed anew", async () => {
  draw({
    list_in_hand: () => ({ list: OPENED }),
    look_at_list: () => {
      throw new Refused("invalid", { field: "school_year" });
    },
  });
  const year = await screen.findByRole<HTMLInputElement>("textbox", { name: /School year/ });
  await userEvent.type(year, "next");
  await press("Look at the rows");
  await screen.findByText(/^Write it as 2026-2027/);
  expect(document.activeElement).toBe(year);
  expect(screen.queryByRole("alert")).toBeNull();
  await userEvent.type(year, "2");
  expect(screen.queryByText(/^Write it as 2026-2027/)).toBeNull();
});

test("what the list says otherwise stands beside what is here, and can be kept", async () => {
  const { host } = draw({ list_in_hand: () => ({ list: LOOKED }), settle_row: () => LOOKED });
  const said = await screen.findByText("Family name: Santos here, Peña on the list");
  const row = said.closest("tr") as HTMLElement;
  await userEvent.selectOptions(within(row).getByRole("combobox"), "keep");
  expect(inputs(host, "settle_row")).toEqual([{ list: "l1", row: 2, choice: "keep", person: null }]);
});

test("a row that another row means too says where that stands", async () => {
  const twice = { ...ROW, changes: [], same_as: 3, candidates: [] };
  draw({
    list_in_hand: () => ({ list: { ...LOOKED, counts: [{ outcome: "two_fit", all: 2, taken: 0 }] } }),
    list_rows: () => ({ rows: [twice], next: null }),
  });
  await screen.findByText("See line 3.");
});

test("rows are taken in until all are, and what was broken off goes on", async () => {
  let taken = 0;
  const { host } = draw({
    list_in_hand: () => ({ list: { ...LOOKED, stage: "applying", due: 2 } }),
    apply_list: () => ({
      ...LOOKED,
      stage: ++taken < 2 ? "applying" : "applied",
      counts: LOOKED.counts.map((count) => ({ ...count, taken: count.all })),
      due: 2 - taken,
    }),
  });
  await press("Go on");
  await screen.findByText("3 rows were imported.");
  expect(inputs(host, "apply_list")).toEqual([
    { list: "l1", left: null },
    { list: "l1", left: null },
  ]);
});

test("a short list marks nobody as having left unless their number is typed", async () => {
  const list: HeldList = {
    ...LOOKED,
    whole: false,
    enrolled: 10,
    counts: [...LOOKED.counts, { outcome: "left", all: 7, taken: 0 }],
  };
  const { host } = draw({
    list_in_hand: () => ({ list }),
    apply_list: () => ({ ...list, stage: "applied", due: 0 }),
  });
  await press("Import 3 rows");
  await screen.findByText("Of 10 people enrolled here, 7 are not on the list.");
  await userEvent.click(screen.getByRole("checkbox"));
  await press("Import");
  expect(inputs(host, "apply_list")).toEqual([]);
  await userEvent.type(screen.getByRole("textbox", { name: "Type how many they are" }), "7");
  await press("Import");
  expect(inputs(host, "apply_list")).toEqual([{ list: "l1", left: { count: 7, typed: true } }]);
});

test("all changed rows are kept at once, and taken only by their count where the list is a short one", async () => {
  const list: HeldList = { ...LOOKED, whole: false };
  const { host } = draw({ list_in_hand: () => ({ list }), settle_rows: () => list });
  await press("Keep all that is here");
  await press("Take all from the list");
  const asked = await screen.findByRole("dialog", { name: "Take what the list says of 1 person?" });
  const take = () => userEvent.click(within(asked).getByRole("button", { name: "Take all from the list" }));
  await take();
  await userEvent.type(within(asked).getByRole("textbox", { name: "Type how many they are" }), "1");
  await take();
  expect(inputs(host, "settle_rows")).toEqual([
    { list: "l1", choice: "keep", rows: { count: 1, typed: false } },
    { list: "l1", choice: "take", rows: { count: 1, typed: true } },
  ]);
});

test("a file that cannot be read is refused in words, and the list before stays", async () => {
  draw({
    list_in_hand: () => ({ list: LOOKED }),
    open_list: () => {
      throw new Refused("file_refused", { place: "", reason: "locked" });
    },
  });
  await screen.findByRole("tab", { name: "New 2" });
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("no place to choose a file");
  await userEvent.upload(input, new File(["x"], "other.xlsx"), { applyAccept: false });
  await screen.findByText("The file is locked with a password.");
  screen.getByRole("tab", { name: "New 2" });
});
