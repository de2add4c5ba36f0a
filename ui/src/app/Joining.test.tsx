import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { tell } from "../components/tell";
import { Refused } from "../host/host";
import type { Handlers } from "../host/memory";
import { renderApp } from "../testing/render";
import { door, session } from "../testing/signed-in";

const SHEET = ["00E17-D2X4Y-Z2AHN", "WZBAV-F8T4C-E0DGE", "KVZYT-P25Y2-6Y7M4", "00B0Y-0QCGF-MXGCW"];
const ASKED = [
  { line: 1, character: 14 },
  { line: 2, character: 4 },
];
const CODE = "0a1b2-c3d4e f5g6h";
const BEN = { user: "u2", sign_in: "ben", name: "Ben Cruz", role: "nurse", wait: 0, off: false };
const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

function empty(but: Handlers = {}): Handlers {
  let state: "empty" | "locked" = "empty";
  return {
    door: () =>
      state === "empty"
        ? door({ state, clinic: null, site: null })
        : door({ state, people: [BEN], user: null }),
    enrol: () => {
      state = "locked";
      return { clinic: "University Clinic", site: "Main Campus clinic", sheet: SHEET, asked: ASKED };
    },
    ...but,
  };
}

async function fill(server: string): Promise<void> {
  await heading("Set up a clinic");
  await userEvent.click(screen.getByRole("radio", { name: "One more workstation, by code" }));
  await heading("Join a clinic");
  const address = screen.getByLabelText(/^Address of the server/);
  await userEvent.clear(address);
  await userEvent.type(address, server);
  await userEvent.type(screen.getByLabelText(/^Code/), CODE);
}

const join = () => userEvent.click(screen.getByRole("button", { name: "Join the clinic" }));

test("an empty computer joins by address and code, shows its sheet once, and then asks who it is", async () => {
  const { host } = renderApp("/", empty());
  await fill("server.clinic.example");
  await join();
  await heading("This computer has joined");
  const sheet = screen.getByRole("region", { name: "Recovery sheet of this computer" });
  expect(within(sheet).getAllByRole("listitem")).toHaveLength(4);
  const input = { server: "https://server.clinic.example", code: CODE };
  expect(host.calls).toContainEqual({ window: "lock", name: "enrol", input });
  await userEvent.click(screen.getByRole("button", { name: "It is written down" }));
  await heading("Who is it?");
  screen.getByText("Ben Cruz");
  expect(document.body.textContent).not.toContain("WZBAV");
});

test("what is missing is told at its field and nothing is sent", async () => {
  const { host } = renderApp("/", empty());
  await heading("Set up a clinic");
  await userEvent.click(screen.getByRole("radio", { name: "One more workstation, by code" }));
  await join();
  screen.getByText("This is no address of a server.");
  screen.getByText("This is needed.");
  expect(host.calls.map(({ name }) => name)).not.toContain("enrol");
});

test.each([
  ["wrong_code", { line: 3 }, "Line 3 is mistyped. Compare it with what the administrator was shown."],
  ["wrong_code", {}, /^The code is mistyped\./],
  ["invalid", { field: "server" }, "This is no address of a server."],
  ["server_refused", { reason: "ticket_expired" }, "The code has run out."],
  ["server_refused", { reason: "ticket_used" }, "The code was used already."],
  ["server_refused", { reason: "no_ticket" }, "The server does not know this code."],
  ["server_refused", { reason: "revoked" }, "An administrator has ended this workstation."],
  ["offline", {}, "The server cannot be reached."],
  ["not_trusted", {}, "What the server sent is not what its authors signed."],
  ["clinic_exists", {}, "A clinic was set up here already."],
])("a joining refused as %s %o says so in words and keeps what was typed", async (code, fields, sentence) => {
  const refuse = () => {
    throw new Refused(code, fields as Record<string, string | number>);
  };
  renderApp("/", empty({ enrol: refuse }));
  await fill("https://server.clinic.example");
  await join();
  await screen.findByText(sentence);
  expect((screen.getByLabelText(/^Code/) as HTMLTextAreaElement).value).toBe(CODE);
});

test("what was told to one person is gone at the door", async () => {
  let state: "open" | "locked" = "open";
  renderApp("/today", {
    door: () => door({ state, people: [BEN], user: null }),
    session: () => session(),
    sign_out: () => {
      state = "locked";
      return {};
    },
  });
  await heading("Today");
  tell("Ana Lim was added.");
  await screen.findByText("Ana Lim was added.");
  await userEvent.click(screen.getByRole("button", { name: "Dr Maria Reyes" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out, switch person" }));
  await heading("Who is it?");
  await waitFor(() => expect(screen.queryByText("Ana Lim was added.")).toBeNull());
});
