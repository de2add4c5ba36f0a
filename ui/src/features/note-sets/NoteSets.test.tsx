import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderApp } from "../../testing/render";
import { DOCTOR, session } from "../../testing/signed-in";
import { NOTE_SETS, ownSet } from "../../testing/visits";

const user = userEvent.setup({ delay: null });
const KEPT = { id: "x", version: 2, conflict: false };
const OWN = ownSet("Sports", {
  systems: [{ system: "skin", normal: "Warm" }],
  published_at: "2026-11-22T10:41:00+08:00",
  published_by: "Dr Maria Reyes",
});
const open = (handlers: Handlers = {}) =>
  renderApp("/note-sets", {
    note_sets: () => ({ rows: [...NOTE_SETS, OWN], next: null }),
    write_note_set: () => KEPT,
    publish_note_set: () => KEPT,
    void_note_set: () => KEPT,
    ...handlers,
  });
const sent = (host: ReturnType<typeof open>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const publish = () => user.keyboard("{Control>}{Enter}{/Control}");
const save = () => user.click(screen.getByRole("button", { name: "Save draft" }));

test("a set of the program begins one of the clinic’s own, with its systems in the order that was chosen", async () => {
  let used = true;
  const { host } = open({
    write_note_set: () => {
      if (used) throw new Refused("invalid", { field: "name", why: "used" });
      return KEPT;
    },
  });
  await user.click(await screen.findByText("General"));
  await save();
  await screen.findByText("Give it a name.");
  await user.type(screen.getByLabelText(/^Name/), "Feet");
  await user.click(screen.getByRole("button", { name: "Skin one up" }));
  await user.click(screen.getByRole("button", { name: "Take out Lungs" }));
  await user.click(screen.getByRole("button", { name: "Take out Neurological" }));
  await user.selectOptions(screen.getByLabelText("Add a system"), "injured_part");
  await user.selectOptions(screen.getByLabelText("Visits that begin with it"), "routine");
  await user.type(screen.getByLabelText("From age (years)"), "6");
  await user.type(screen.getByLabelText("Up to age (years)"), "1");
  await save();
  await screen.findByText(/Whole years from 0 to 130/);
  await user.type(screen.getByLabelText("Up to age (years)"), "2");
  await user.type(screen.getByLabelText("Plan"), "Shoes: {{which}.");
  await save();
  await screen.findByText("Another set has this name.");
  used = false;
  await save();
  await screen.findByText("The draft of Feet is saved.");
  expect(sent(host, "write_note_set").at(-1)).toEqual({
    id: null,
    version: null,
    follows: null,
    details: {
      name: "Feet",
      kind: "routine",
      from_age: 6,
      until_age: 12,
      history: null,
      treatment: null,
      plan: "Shoes: {which}.",
      systems: {
        skin: { place: 0, normal: "Warm, no rash" },
        general: { place: 1, normal: "Alert, not in distress" },
        injured_part: { place: 2 },
      },
    },
  });
});

test("a change of what is published is published as the next version, and a set is withdrawn with a reason", async () => {
  const { host } = open();
  await user.click(await screen.findByText("Sports"));
  const systems = await screen.findByRole("list", { name: "Systems" });
  await user.type(within(systems).getByLabelText("Skin"), ", no rash");
  await screen.findByText("Version 1, 22-Nov-2026, Dr Maria Reyes");
  await publish();
  await screen.findByText("The set Sports is published.");
  expect(sent(host, "publish_note_set")).toMatchObject([
    { id: null, version: null, follows: "x", details: { systems: { skin: { normal: "Warm, no rash" } } } },
  ]);
  await user.click(screen.getByText("Sports"));
  await user.click(await screen.findByRole("button", { name: "Withdraw…" }));
  await user.type(screen.getByLabelText(/^Why/), "not used");
  await user.click(screen.getByRole("button", { name: "Withdraw" }));
  await screen.findByText("The set Sports is withdrawn.");
  expect(sent(host, "void_note_set")).toEqual([{ id: "x", version: 1, reason: "not used" }]);
});

test("whose role writes no sets reads them", async () => {
  const nurse = DOCTOR.filter((each) => each !== "template.edit");
  open({ session: () => session({ role: "nurse", permissions: nurse }) });
  await user.click(await screen.findByText("Sports"));
  expect(screen.queryByRole("button", { name: /Save|Write a set/ })).toBeNull();
});

test("another’s change that came while the set was open is not overwritten unseen", async () => {
  let own = OWN;
  const { host } = open({ note_sets: () => ({ rows: [...NOTE_SETS, own], next: null }) });
  await user.click(await screen.findByText("Sports"));
  const systems = await screen.findByRole("list", { name: "Systems" });
  own = { ...OWN, version: 4, set: "Athletes", systems: [{ system: "skin", normal: "Dry" }] };
  act(() => host.news("note_set"));
  await screen.findByText("Athletes");
  await user.type(within(systems).getByLabelText("Skin"), ", no rash");
  await save();
  await screen.findByText("The draft of Sports is saved.");
  expect(sent(host, "write_note_set")).toMatchObject([
    { id: null, follows: "x", details: { name: "Sports", systems: { skin: { normal: "Warm, no rash" } } } },
  ]);
});

test("a draft is saved by its version, withdrawn as a draft, and published by nobody who may not", async () => {
  const draft = ownSet("Sports", {
    id: "d",
    version: 7,
    status: "draft",
    begins: false,
    number: 2,
    follows: "x",
  });
  const systems = OWN.systems;
  const { host } = open({
    session: () => session({ permissions: DOCTOR.filter((each) => each !== "template.publish") }),
    note_sets: () => ({ rows: [...NOTE_SETS, OWN, { ...draft, systems }], next: null }),
  });
  await user.click(await screen.findByText("Draft of version 1"));
  expect(screen.queryByRole("button", { name: /^Publish/ })).toBeNull();
  await user.type(await screen.findByLabelText(/^Name/), " day");
  await publish();
  await screen.findByText("The draft of Sports day is saved.");
  expect(sent(host, "write_note_set")).toMatchObject([{ id: "d", version: 7, follows: null }]);
  await user.click(screen.getByText("Draft of version 1"));
  await user.click(await screen.findByRole("button", { name: "Withdraw…" }));
  await screen.findByText("Withdraw the draft of Sports");
  await user.keyboard("{Escape}");
  // What is published is withdrawn by nobody either who may not publish.
  await user.click(screen.getByText("Version 1, 22-Nov-2026, Dr Maria Reyes"));
  await screen.findByRole("button", { name: /^Close/ });
  expect(screen.queryByRole("button", { name: "Withdraw…" })).toBeNull();
});

test("versions that were published apart are told, and another waits until one of them is withdrawn", async () => {
  const apart = ownSet("Sports", { id: "y", begins: false, apart: true, number: 2 });
  open({
    note_sets: () => ({ rows: [...NOTE_SETS, OWN, apart], next: null }),
    publish_note_set: () => {
      throw new Refused("invalid", { field: "name", why: "apart" });
    },
  });
  await screen.findByText("Published at the same time: withdraw one");
  await user.click(screen.getAllByText("Sports")[0] as HTMLElement);
  await user.type(await screen.findByLabelText(/^Name/), " day");
  await publish();
  await screen.findByText(/Withdraw one of them first/);
});

test("typing is left by another row and by Close only once somebody said so", async () => {
  open();
  await user.click(await screen.findByText("Sports"));
  const name = await screen.findByLabelText<HTMLInputElement>(/^Name/);
  await user.type(name, " day");
  await user.click(screen.getByText("General", { selector: "b" }));
  await user.click(await screen.findByRole("button", { name: "Go on writing" }));
  await user.click(screen.getByRole("button", { name: /^Close/ }));
  await user.click(await screen.findByRole("button", { name: "Go on writing" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(name.value).toBe("Sports day");
  await user.click(screen.getByText("General", { selector: "b" }));
  await user.click(await screen.findByRole("button", { name: "Leave without saving" }));
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/^Name/).value).toBe(""));
  // Nothing was typed here: nobody is asked.
  await user.click(await screen.findByRole("button", { name: /^Close/ }));
  await waitFor(() => expect(screen.queryByLabelText(/^Name/)).toBeNull());
});
