import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { WorkstationRow } from "../../generated/WorkstationRow";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, session, status } from "../../testing/signed-in";
import { Workstations } from "./Workstations";

const SERVER = "https://server.clinic.example";
const row = (but: Partial<WorkstationRow>): WorkstationRow => ({
  id: "w1",
  version: 4,
  name: "1",
  site: "Main Campus",
  this: true,
  active: true,
  follows: null,
  heard: "2026-11-22T10:31:00+08:00",
  ...but,
});
const ROOM = row({ id: "w2", name: "Room 2", this: false, heard: "2026-11-21T16:02:00+08:00" });

function draw(but: Handlers = {}, permissions = ADMINISTRATOR) {
  return renderPart(<Workstations />, {
    session: () => session({ role: "administrator", permissions }),
    status: () => status(),
    workstations: () => ({
      rows: [row({}), ROOM, row({ id: "w3", name: "Lab", this: false, active: false, heard: null })],
      server: SERVER,
      server_fingerprint: null,
      fingerprint: "8812 8eb4 7328 a210",
    }),
    ...but,
  });
}

const refuse =
  (code: string, fields: Record<string, string> = {}) =>
  () => {
    throw new Refused(code, fields);
  };

afterEach(() => vi.useRealTimers());

test("the fingerprint stands there to compare, and a computer that has not joined is not called active", async () => {
  draw({
    workstations: () => ({
      rows: [row({}), row({ id: "w4", name: "Dental", this: false, heard: null })],
      server: SERVER,
      server_fingerprint: null,
      fingerprint: "8812 8eb4 7328 a210",
    }),
  });
  await screen.findByText("8812 8eb4 7328 a210");
  const line = (await screen.findByRole("cell", { name: "Dental" })).closest("tr") as HTMLElement;
  within(line).getByText("Nothing from it yet");
});

test("each workstation stands with its site, whether it is this one, and when it was heard from", async () => {
  draw();
  const cells = async (name: string) => {
    const line = (await screen.findByRole("cell", { name })).closest("tr") as HTMLElement;
    return within(line)
      .getAllByRole("cell")
      .map((cell) => cell.textContent);
  };
  expect(await cells("1 This computer")).toEqual(["1 This computer", "Main Campus", "Now", "Active"]);
  await waitFor(async () =>
    expect(await cells("Room 2")).toEqual(["Room 2 ", "Main Campus", "21-Nov-2026 16:02", "Active"]),
  );
  expect(await cells("Lab")).toEqual(["Lab ", "Main Campus", "Not yet", "Ended"]);
  screen.getByText(`Records are exchanged with ${SERVER}.`);
});

test("whoever may not change workstations only reads the list", async () => {
  draw({}, ["user.read"]);
  await screen.findByText("Room 2");
  expect(screen.queryByRole("button")).toBeNull();
});

test("a clinic without a server is attached by address and one-time code, a bare name means https", async () => {
  let server: string | null = null;
  const { host } = draw({
    workstations: () => ({
      rows: [row({})],
      server,
      server_fingerprint: server && "5d0f bcd4",
      fingerprint: "8812 8eb4",
    }),
    attach: (input) => {
      server = input.server;
      return {};
    },
  });
  const address = await screen.findByLabelText(/^Address of the server/);
  expect(screen.queryByRole("button", { name: "Add a workstation" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Attach the clinic" }));
  screen.getByText("This is no address of a server.");
  screen.getByText("This is needed.");
  await userEvent.clear(address);
  await userEvent.type(address, "server.clinic.example");
  await userEvent.type(screen.getByLabelText(/^One-time code/), "KM2P-7Q4X{Enter}");
  await screen.findByText(`Records are exchanged with ${SERVER}.`);
  // Nothing but TLS vouches for this key.
  screen.getByText("5d0f bcd4");
  await screen.findByText(/^The clinic is attached to its server\. Compare the fingerprint/u);
  const input = { server: SERVER, code: "KM2P-7Q4X" };
  expect(host.calls).toContainEqual({ window: "main", name: "attach", input });
});

test.each([
  ["server_refused", { reason: "wrong_code" }, "This is not the one-time code of the server."],
  ["server_refused", { reason: "already_claimed" }, "This server belongs to another clinic already."],
  ["offline", {}, "The server cannot be reached."],
  ["invalid", { field: "server" }, "This is no address of a server."],
])("an attaching refused as %s %o says so in words", async (code, fields, sentence) => {
  draw({
    workstations: () => ({
      rows: [row({})],
      server: null,
      server_fingerprint: null,
      fingerprint: "8812 8eb4 7328 a210",
    }),
    attach: refuse(code, fields as Record<string, string>),
  });
  await userEvent.type(await screen.findByLabelText(/^Address of the server/), "server.clinic.example");
  await userEvent.type(screen.getByLabelText(/^One-time code/), "KM2P{Enter}");
  await screen.findByText(sentence);
});

test("the key of a server that was set up anew is trusted by its fingerprint, read out and whole", async () => {
  const key = "1a2b 3c4d 5e6f 7081 92a3 b4c5 d6e7 f809";
  let refused = true;
  const { host } = draw({
    trust_server: () => {
      if (refused) throw new Refused("server_not_believed", { reason: "other_fingerprint" });
      return {};
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "The server has a new key…" }));
  const field = await screen.findByLabelText(/^Fingerprint of the server’s key/);
  await userEvent.type(field, "1a2b");
  await userEvent.click(screen.getByRole("button", { name: /^Trust this key/ }));
  screen.getByText("A fingerprint has 32 digits and letters from a to f.");
  expect(host.calls.map(({ name }) => name)).not.toContain("trust_server");
  await userEvent.clear(field);
  await userEvent.type(field, key);
  await userEvent.click(screen.getByRole("button", { name: /^Trust this key/ }));
  await screen.findByText("The server at this address has another key than the one with this fingerprint.");
  refused = false;
  await userEvent.click(screen.getByRole("button", { name: /^Trust this key/ }));
  await waitFor(() => expect(screen.queryByLabelText(/^Fingerprint of the server’s key/)).toBeNull());
  expect(host.calls).toContainEqual({ window: "main", name: "trust_server", input: { fingerprint: key } });
});

const GIVEN = {
  lines: ["00E17-D2X4Y-Z2AHN", "WZBAV-F8T4C-E0DGE", "KVZYT-P25Y2-6Y7M4", "00B0Y-0QCGF-MXGCW"],
  server: SERVER,
  until: "10:52",
  seconds: 600,
};

test("a code for one more workstation is shown with the time that is left, and not a moment longer", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const { host } = draw({ enrolment_code: () => GIVEN });
  await user.click(await screen.findByRole("button", { name: "Add a workstation" }));
  await user.click(screen.getByRole("button", { name: /^Give a code/ }));
  screen.getByText("This is needed.");
  await user.type(screen.getByLabelText(/^Name/), " Room 2 ");
  await user.click(screen.getByRole("button", { name: /^Give a code/ }));
  const given = await screen.findByRole("region", { name: "Type this at the new computer" });
  expect(
    within(given)
      .getAllByRole("listitem")
      .map((line) => line.textContent),
  ).toEqual(GIVEN.lines);
  within(given).getByText(/^It holds for (10:00|9:5\d) more, until 10:52\.$/);
  expect(host.calls).toContainEqual({ window: "main", name: "enrolment_code", input: { name: "Room 2" } });
  await act(() => vi.advanceTimersByTimeAsync(601_000));
  screen.getByText("It has run out. Give a new code.");
  expect(document.body.textContent).not.toContain("WZBAV");
});

test("the code and the address are copied together", async () => {
  const user = userEvent.setup();
  draw({ enrolment_code: () => GIVEN });
  await user.click(await screen.findByRole("button", { name: "Add a workstation" }));
  await user.type(screen.getByLabelText(/^Name/), "Room 2");
  await user.click(screen.getByRole("button", { name: /^Give a code/ }));
  await user.click(await screen.findByRole("button", { name: "Copy address and code" }));
  await screen.findByText("Copied.");
  expect(await navigator.clipboard.readText()).toBe([SERVER, ...GIVEN.lines].join("\n"));
});

test("a code that could not be left with the server is told", async () => {
  draw({ enrolment_code: refuse("offline") });
  await userEvent.click(await screen.findByRole("button", { name: "Add a workstation" }));
  await userEvent.type(screen.getByLabelText(/^Name/), "Room 2");
  await userEvent.click(screen.getByRole("button", { name: /^Give a code/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("The server cannot be reached.");
});

test("a workstation is ended after asking once, and this one cannot be", async () => {
  const { host } = draw({ revoke_workstation: () => ({ id: "w2", version: 5, conflict: false }) });
  await userEvent.click(await screen.findByText("Room 2"));
  await userEvent.click(screen.getByRole("button", { name: "End this workstation" }));
  await screen.findByText("End the workstation Room 2?");
  await userEvent.click(screen.getByRole("button", { name: "End it" }));
  await screen.findByText("The workstation Room 2 was ended.");
  const input = { workstation: "w2", version: 4 };
  expect(host.calls).toContainEqual({ window: "main", name: "revoke_workstation", input });
  await userEvent.click(screen.getByText("This computer"));
  screen.getByText("A workstation does not end itself: do it at another one.");
  expect(screen.queryByRole("button", { name: "End this workstation" })).toBeNull();
});

test("an end that was refused is told and the workstation stays", async () => {
  draw({ revoke_workstation: refuse("not_found") });
  await userEvent.click(await screen.findByText("Room 2"));
  await userEvent.click(screen.getByRole("button", { name: "End this workstation" }));
  await userEvent.click(await screen.findByRole("button", { name: "End it" }));
  expect((await screen.findByRole("alert")).textContent).toContain("There is no such record here.");
});
