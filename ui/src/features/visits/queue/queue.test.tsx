import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, test } from "vitest";
import type { QueueRow } from "../../../generated/QueueRow";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import { GUSTAVA, MUHAMMAD, PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { later } from "../../../testing/scratch";
import { DOCTOR, session } from "../../../testing/signed-in";
import { queueRow, queueTicket, VISITING } from "../../../testing/visits";

const user = userEvent.setup({ delay: null });
const KEPT = { id: "x", version: 4, conflict: false };

const CALLED = {
  to: "Room 2",
  at: "10:40",
  minutes: 2,
  times: 2,
  elsewhere: null,
};
const ROWS: QueueRow[] = [
  queueRow("w1", {
    person: MUHAMMAD,
    ticket: queueTicket("A15"),
    urgency: "urgent",
    urgent_for: "SpO₂ 89 %",
    why: "urgency",
    concern: "Short of breath",
  }),
  queueRow("w2", {
    person: GUSTAVA,
    ticket: queueTicket("A11"),
    why: "waited",
    minutes: 75,
    estimate: 10,
  }),
  queueRow("w3", {
    person: person({ id: "p4", family: "Dela Cruz", given: "Ana" }),
    ticket: queueTicket("A13", { status: "serving", called: CALLED }),
  }),
  queueRow("w4", {
    status: "in_progress",
    attending: "Dr Maria Reyes",
    ticket: queueTicket("A12", { status: "serving", queue: "physician" }),
  }),
];

const open = (handlers: Handlers = {}) =>
  renderApp("/queue", {
    ...PEOPLE,
    ...VISITING,
    session: () => session({ role: "nurse", name: "Liza Cruz", title: "Nurse" }),
    queue: () => ({ rows: ROWS, room: "Room 2", room_said: true }),
    call: () => KEPT,
    step_ticket: () => KEPT,
    edit_visit: () => KEPT,
    ...handlers,
  });
const sent = (host: ReturnType<typeof open>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const list = () => screen.findByRole("listbox", { name: "Who is called and who waits" });
const marked = () => screen.getByRole("option", { selected: true }).textContent ?? "";

test("Enter calls the next one, and nothing has to be looked for before", async () => {
  const { host } = open();
  await waitFor(async () => expect(document.activeElement).toBe(await list()));
  screen.getByRole("button", { name: "Call A15" });
  await user.keyboard("{Enter}");
  await screen.findByText("A15 is called to Room 2.");
  expect(sent(host, "call")).toEqual([{ ticket: "t A15", version: 1, to: "Room 2" }]);
});

test("Enter calls the next one also after a click on the place at the left, from there too", async () => {
  const held = later();
  const { host } = open({
    queue: () => held.wait.then(() => ({ rows: ROWS, room: "Room 2", room_said: true })) as never,
  });
  const link = await screen.findByRole("link", { name: "Queue" });
  await user.click(link);
  held.answer();
  await waitFor(async () => expect(document.activeElement).toBe(await list()));
  await user.click(link);
  await waitFor(async () => expect(document.activeElement).toBe(await list()));
  await user.keyboard("{Enter}");
  await screen.findByText("A15 is called to Room 2.");
  expect(sent(host, "call")).toHaveLength(1);
});

test("where no room was ever said, the first Enter asks for it in its place and the second calls", async () => {
  const { host } = open({ queue: () => ({ rows: ROWS, room: "Nurse desk", room_said: false }) });
  await waitFor(async () => expect(document.activeElement).toBe(await list()));
  await user.keyboard("{Enter}");
  const asks = { name: "Room", description: "To which room? Enter calls A15." };
  expect(document.activeElement).toBe(screen.getByRole("textbox", asks));
  expect(sent(host, "call")).toEqual([]);
  await user.keyboard("{Enter}");
  await screen.findByText("A15 is called to Nurse desk.");
  expect(sent(host, "call")).toEqual([{ ticket: "t A15", version: 1, to: "Nurse desk" }]);
  expect(document.activeElement).toBe(await list());
  expect(screen.queryByRole("textbox", asks)).toBeNull();
  // It is said from then on.
  await user.keyboard("{ArrowDown}c");
  await waitFor(() => expect(sent(host, "call")).toHaveLength(2));
});

test("the room that was offered is typed over by whom it was asked for, and without any nobody is called", async () => {
  const { host } = open({ queue: () => ({ rows: ROWS, room: "", room_said: false }) });
  await waitFor(async () => expect(document.activeElement).toBe(await list()));
  await user.keyboard("{End}{ArrowUp}c");
  await user.keyboard("{Enter}");
  screen.getByRole("textbox", { name: "Room", description: /Type a room/ });
  // Whoever thinks better of it goes back to the list.
  await user.keyboard("{Escape}");
  expect(document.activeElement).toBe(await list());
  await user.keyboard("{ArrowUp}{ArrowUp}{ArrowUp}{Enter}");
  await user.keyboard("Room 7{Enter}");
  await screen.findByText("A15 is called to Room 7.");
  expect(sent(host, "call")).toEqual([{ ticket: "t A15", version: 1, to: "Room 7" }]);
});

test("who waits is told with ticket, reason, why they stand there and since when", async () => {
  open();
  const groups = within(await list());
  const rows = (name: string) =>
    within(groups.getByRole("group", { name }))
      .getAllByRole("option")
      .map((option) => option.textContent ?? "");
  const [urgent = "", waited = ""] = rows("Waiting");
  for (const said of ["A15", "Urgent: SpO₂ 89 %", "Short of breath", "30 min"])
    expect(urgent).toContain(said);
  for (const said of ["A11", "over an hour, one step up", "in about 10 min", "75 min"]) {
    expect(waited).toContain(said);
  }
  expect(rows("Called")[0]).toContain("Room 2, 10:40 · called 2 times");
  expect(rows("With somebody")[0]).toContain("Dr Maria Reyes");
});

test("this one is called, called again, moved, made urgent and ended by one key each", async () => {
  const { host } = open();
  await waitFor(async () => expect(document.activeElement).toBe(await list()));
  await user.keyboard("{ArrowDown}");
  expect(marked()).toContain("A11");
  await user.keyboard("c");
  await screen.findByText("A11 is called to Room 2.");
  await user.keyboard("u");
  await screen.findByText("Urgent: called before those who can wait.");
  expect(sent(host, "edit_visit")).toEqual([{ id: "w2", version: 1, patch: { urgency: "urgent" } }]);
  await user.keyboard("m");
  await user.click(await screen.findByRole("menuitem", { name: "Eye room" }));
  await screen.findByText("A11 waits for: Eye room.");
  await user.keyboard("{Home}");
  expect(marked()).toContain("A13");
  await user.keyboard("b");
  await screen.findByText("A13 is called to Room 2.");
  await user.keyboard("l");
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Has left" }));
  await screen.findByText("A13 has left. The visit is ended.");
  expect(sent(host, "call")).toEqual([
    { ticket: "t A11", version: 1, to: "Room 2" },
    { ticket: "t A13", version: 1, to: "Room 2" },
  ]);
  expect(sent(host, "step_ticket")).toEqual([
    { ticket: "t A11", version: 1, to: "moved", queue: "eye" },
    { ticket: "t A13", version: 1, to: "left", queue: null },
  ]);
});

test("a doctor calls who waits for a physician before who waits for the nurse", async () => {
  const rows = [...ROWS, queueRow("w5", { ticket: queueTicket("A16", { queue: "physician" }) })];
  open({ session: () => session(), queue: () => ({ rows, room: "Room 1", room_said: true }) });
  await screen.findByRole("button", { name: "Call A16" });
});

test("who is left from another day stands behind, is not called, and who waits though their visit is over is done", async () => {
  const old = queueRow("w8", { ticket: queueTicket("A03"), urgency: "now", earlier: true });
  const over = queueRow("w9", { ticket: queueTicket("A17", { queue: "pharmacy" }), status: "completed" });
  const { host } = open({ queue: () => ({ rows: [over, old], room: "Room 1", room_said: true }) });
  const groups = within(await list());
  within(groups.getByRole("group", { name: "From another day" })).getByText(/A03/);
  screen.getByRole("button", { name: "Call A17" });
  await user.keyboard("l");
  await screen.findByText("A17 is done.");
  expect(sent(host, "step_ticket")).toEqual([{ ticket: "t A17", version: 1, to: "done", queue: null }]);
  await user.keyboard("{End}");
  expect(screen.queryByRole("button", { name: "Call this one" })).toBeNull();
});

test("a ticket that two called to two rooms is told, and a refusal leaves the list as it is", async () => {
  const apart = queueTicket("A13", { status: "serving", called: { ...CALLED, elsewhere: "Room 1" } });
  open({
    queue: () => ({
      rows: [queueRow("w3", { ticket: apart }), ...ROWS.slice(0, 1)],
      room: "Room 2",
      room_said: true,
    }),
    call: () => {
      throw new Refused("stale");
    },
  });
  await list();
  screen.getByText("Also called to Room 1");
  await user.click(screen.getByRole("button", { name: "Call A15" }));
  await screen.findByText(/while you were looking at it/);
  screen.getByText("Also called to Room 1");
});

test("who may not edit visits neither ends nor urges, and whose role runs no queue has no such place", async () => {
  const pharmacist = DOCTOR.filter((each) => each !== "visit.edit");
  const { unmount } = open({ session: () => session({ role: "pharmacist", permissions: pharmacist }) });
  await list();
  expect(screen.queryByRole("button", { name: "Has left" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Urgent" })).toBeNull();
  unmount();
  renderApp("/today", { session: () => session({ permissions: ["session.use", "patient.read"] }) });
  await screen.findByRole("heading", { name: "Today" });
  expect(screen.queryByRole("link", { name: "Queue" })).toBeNull();
});

test("nobody here is said, and the board opens in a window of its own", async () => {
  const { host } = open({ queue: () => ({ rows: [], room: "Room 2", room_said: true }) });
  await screen.findByText(/Nobody is waiting/);
  await user.click(screen.getByRole("button", { name: "Show the board" }));
  expect(host.boards).toBe(1);
});

test("one key prints the day's sheet, and it is kept where the person chooses", async () => {
  const { host } = open({
    print_day_sheet: () => ({ job: "j", copies: 1, printer: "desk" }),
    save_day_sheet: () => ({ name: "day.pdf" }),
    print_encounter_form: () => ({ job: "k", copies: 1, printer: "hall" }),
  });
  await list();
  await user.keyboard("p");
  await screen.findByText("The day’s sheet is at desk.");
  const pick = async (name: string) => {
    await user.click(screen.getByRole("button", { name: "Day sheet and forms" }));
    await user.click(await screen.findByRole("menuitem", { name }));
  };
  await pick("Save the day…");
  await screen.findByText("The day’s sheet is kept as day.pdf.");
  await pick("Print a blank form");
  await screen.findByText("A blank encounter form is at hall.");
  expect(sent(host, "print_day_sheet")).toEqual([{ printer: null }]);
  expect(sent(host, "save_day_sheet")).toEqual([{ place: "a place" }]);
});

test("where no printer is set up the key says so, and what to do", async () => {
  open({
    print_day_sheet: () => {
      throw new Refused("no_printer", { reason: "none" });
    },
  });
  await list();
  await user.keyboard("p");
  await screen.findByText(
    "No printer is set up on this computer. Add one in the computer’s settings. Until then, save the paper as a file.",
  );
});

test("the queue has nothing that axe finds", async () => {
  const { container } = open();
  await list();
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`)).toEqual([]);
});
