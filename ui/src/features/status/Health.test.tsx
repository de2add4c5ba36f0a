import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, report, session, status } from "../../testing/signed-in";
import { Health } from "./Health";

function draw(but: Handlers = {}) {
  return renderPart(<Health />, {
    session: () => session(),
    status: () => status(),
    sync_report: () => report(),
    check_log: () => ({ logs: 4, entries: 214, vouchers: 9, faults: [] }),
    ...but,
  });
}

const fact = async (name: string) => (await screen.findByText(name)).nextElementSibling?.textContent;

test("a workstation without a server says that its records are here alone", async () => {
  draw();
  expect(await fact("Server")).toBe("None yet: this clinic works on this computer alone");
  expect(await fact("Only on this computer")).toBe("12Patient: 9 · Person who works here: 3");
  expect(screen.queryByRole("button", { name: "Send now" })).toBeNull();
  expect(screen.queryByText("Refused")).toBeNull();
  expect(await fact("Key of this computer")).toBe(
    "In a file: this computer offers no keychain to ClinicDesk",
  );
});

const AGREED = {
  attached: true,
  waiting: 0,
  waiting_since: null,
  received: 214,
  applied: 31,
  synced: "10:41",
  synced_day: "2026-11-22",
};
const SERVER = {
  server: "https://server.clinic.example",
  waiting: [],
  receipt: { entries: 214, at: "2026-11-22T10:41:07+08:00" },
};
const REFUSED = {
  id: 77,
  at: "2026-11-21T16:02:00+08:00",
  author: "Ana Nurse",
  mine: false,
  kind: "observation",
  patient: "p1",
  fault: "not_allowed",
  field: "inactive",
  held: false,
  disputed: false,
  stranded: false,
  number: null,
  number_taken: false,
  aside: false,
};

test("with a server the three counters, the last exchange and the signed receipt are told", async () => {
  const { host } = draw({
    status: () => status(AGREED),
    sync_report: () => report(SERVER),
    send_now: () => ({}),
  });
  expect(await fact("Server")).toBe("https://server.clinic.example");
  expect(await fact("Waiting to be sent")).toBe("0");
  expect(await fact("Received by the server")).toBe("214");
  expect(await fact("Received from others")).toBe("31");
  expect(await fact("Last exchange")).toBe("10:41");
  expect(await fact("What is safe elsewhere")).toBe(
    "Signed by the server at 10:41: it has 214 entries of this computer. The signature is genuine.",
  );
  screen.getByText("Nothing that was written here was refused.");
  await userEvent.click(screen.getByRole("button", { name: "Send now" }));
  expect(host.calls.map(({ name }) => name)).toContain("send_now");
});

test("without a receipt nothing is said to be safe elsewhere", async () => {
  draw({ status: () => status(AGREED), sync_report: () => report({ ...SERVER, receipt: null }) });
  expect(await fact("What is safe elsewhere")).toBe("The server has not signed for anything yet");
});

test.each([
  ["offline", null, "Go on working."],
  ["server_refused", "revoked", "An administrator has ended this workstation."],
  ["server_not_believed", null, "What the server sent is not what its authors signed."],
  ["forked", null, "The server and this computer disagree about what was written here."],
])(
  "trouble of the kind %s (%s) is told in words, since when and when it was tried last",
  async (code, reason, words) => {
    const trouble = {
      code,
      reason,
      since: "2026-11-21T08:10:00+08:00",
      tried: "2026-11-22T10:40:00+08:00",
    };
    draw({ status: () => status({ ...AGREED, trouble }), sync_report: () => report(SERVER) });
    const told = await screen.findByText((text) => text.trim().startsWith(words));
    expect(told.textContent).toContain("Tried last 10:40.");
    screen.getByText(/since 21-Nov-2026 08:10/);
  },
);

test("what the server refuses for no known reason is told as disputed, written anew or let go", async () => {
  const refused = [{ ...REFUSED, id: 81, kind: "allergy", field: "role", disputed: true }];
  const { host } = draw({
    status: () => status(AGREED),
    sync_report: () => report({ ...SERVER, refused }),
    write_anew: () => ({ id: "a1", version: 9, conflict: false }),
    set_aside: () => ({}),
  });
  await screen.findByText("Disputed");
  screen.getByText(/This computer knows no reason for that/u);
  screen.getByText("Its author’s role does not permit it.");
  expect(screen.queryByText(/were made here and refused/u)).toBeNull();
  await userEvent.click(await screen.findByRole("button", { name: "Write it anew" }));
  await userEvent.click(screen.getByRole("button", { name: "Let it go" }));
  const called = () => host.calls.map(({ name }) => name);
  expect(called()).toContain("write_anew");
  expect(called()).not.toContain("set_aside");
  const asks = await screen.findByRole("dialog", { name: "Let this change go?" });
  await userEvent.click(within(asks).getByRole("button", { name: "Let it go" }));
  expect(called()).toContain("set_aside");
});

const FORKED = {
  code: "forked",
  reason: null,
  since: "2026-11-22T10:31:00+08:00",
  tried: "2026-11-22T10:40:00+08:00",
};
const HERE = {
  rows: [
    {
      id: "w1",
      version: 4,
      name: "Front desk",
      site: "Main",
      this: true,
      active: true,
      follows: null,
      heard: null,
    },
  ],
  server: SERVER.server,
  server_fingerprint: null,
  fingerprint: "",
};

test("a computer on an old copy goes on by an administrator who says whether another one runs", async () => {
  const { host } = draw({
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    status: () => status({ ...AGREED, trouble: FORKED }),
    sync_report: () => report(SERVER),
    workstations: () => HERE,
    rejoin: () => ({ id: "w2", block: "01A", stranded: 3, server_waits: false }),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Go on as a new installation…" }));
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  const sent = () => host.calls.filter(({ name }) => name === "rejoin");
  expect(sent()).toEqual([]);
  await user.click(screen.getByRole("radio", { name: "Yes, it does" }));
  await user.click(screen.getByRole("button", { name: "Go on" }));
  screen.getByText("Give this computer a name of its own.");
  await user.type(screen.getByRole("textbox", { name: /Name/u }), " 2");
  await user.click(screen.getByRole("button", { name: "Go on" }));
  await waitFor(() =>
    expect(sent().map(({ input }) => input)).toEqual([{ name: "Front desk 2", other_runs: true }]),
  );
});

test("a computer that was ended goes on by an administrator too", async () => {
  const { host } = draw({
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    status: () => status({ ...AGREED, trouble: { ...FORKED, code: "server_refused", reason: "revoked" } }),
    sync_report: () => report(SERVER),
    workstations: () => HERE,
    rejoin: () => ({ id: "w2", block: "01A", stranded: 2, server_waits: false }),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Go on as a new installation…" }));
  await screen.findByText(/An administrator ended this computer, and the server takes nothing/u);
  await user.click(screen.getByRole("radio", { name: "No other" }));
  await user.click(screen.getByRole("button", { name: "Go on" }));
  const sent = () => host.calls.filter(({ name }) => name === "rejoin").map(({ input }) => input);
  await waitFor(() => expect(sent()).toEqual([{ name: "Front desk", other_runs: false }]));
});

test("a restored computer is let in without a network, and it is said that the server is told later", async () => {
  draw({
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    status: () => status({ ...AGREED, trouble: { ...FORKED, code: "restored" } }),
    sync_report: () => report(SERVER),
    workstations: () => HERE,
    rejoin: () => ({ id: "w2", block: "01AKQTD", stranded: 0, server_waits: true }),
  });
  const user = userEvent.setup();
  await screen.findByRole("button", { name: "Let this computer in…" });
  expect(screen.getAllByText(/was restored from a backup/)).toHaveLength(1);
  expect(screen.queryByRole("button", { name: "Send now" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Let this computer in…" }));
  await screen.findByText(/^If the server is out of reach, everybody can write here all the same\./u);
  await user.click(screen.getByRole("radio", { name: "No other" }));
  await user.click(screen.getByRole("button", { name: "Let it in" }));
  await screen.findByText(
    /^This computer is let in, and everybody can write here\. The server was not reached;/u,
  );
});

test("a computer that the server does not know any more is introduced again by an administrator", async () => {
  const trouble = { ...FORKED, code: "server_refused", reason: "unknown_workstation" };
  const { host } = draw({
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    status: () => status({ ...AGREED, trouble }),
    sync_report: () => report(SERVER),
    introduce_again: () => ({}),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Introduce this computer again" }));
  expect(host.calls.map(({ name }) => name)).toContain("introduce_again");
});

test("whoever does not answer for the computers is offered no such step", async () => {
  draw({ status: () => status({ ...AGREED, trouble: FORKED }), sync_report: () => report(SERVER) });
  await screen.findByText(/disagree about what was written here/u);
  expect(screen.queryByRole("button", { name: "Go on as a new installation…" })).toBeNull();
});

test("what never arrived is told with the number of its paper, written anew or let go", async () => {
  const refused = [
    {
      ...REFUSED,
      id: -3,
      kind: "certificate",
      fault: "false_code",
      field: null,
      stranded: true,
      number: "MAIN-01-26-00002-K",
      number_taken: true,
    },
  ];
  draw({ status: () => status(AGREED), sync_report: () => report({ ...SERVER, refused }) });
  await screen.findByText("Never arrived");
  screen.getByText(/another paper bears that number in the records/u);
  await screen.findByRole("button", { name: "Write it anew" });
  screen.getByRole("button", { name: "Let it go" });
});

test("what the server let in and is not believed here is told apart from what was refused", async () => {
  const refused = [{ ...REFUSED, id: 80, fault: "unknown_author", field: null, held: true }];
  draw({ status: () => status(AGREED), sync_report: () => report({ ...SERVER, refused }) });
  await screen.findByText("Held here");
  screen.getByText(/could not confirm who made them/u);
  screen.getByText("No administrator vouches for its author.");
  expect(screen.queryByText(/were made here and refused/u)).toBeNull();
});

test("what somebody let go its author alone writes anew, and nobody what is too large to be sent", async () => {
  const row = { ...REFUSED, fault: "stranded", field: null, stranded: true, aside: true };
  const refused = [
    { ...row, id: -3, mine: true },
    { ...row, id: -4 },
    { ...row, id: -5, fault: "too_large", aside: false },
  ];
  const { host } = draw({
    status: () => status(AGREED),
    sync_report: () => report({ ...SERVER, refused }),
    write_anew: () => ({ id: "r", version: 1, conflict: false }),
  });
  // One of the three has the button.
  await userEvent.click(await screen.findByRole("button", { name: "Write it anew" }));
  await waitFor(() =>
    expect(host.calls).toContainEqual({ window: "main", name: "write_anew", input: { id: -3 } }),
  );
});

test("what was refused is shown with its reason, whoever wrote it, and is set aside by hand", async () => {
  let aside = false;
  const { host } = draw({
    status: () => status({ ...AGREED, refused: aside ? 0 : 1 }),
    sync_report: () => report({ ...SERVER, refused: [{ ...REFUSED, aside }] }),
    set_aside: () => {
      aside = true;
      return {};
    },
  });
  await screen.findByText("The account of its author was ended.");
  screen.getByText("Ana Nurse, 21-Nov-2026 16:02");
  const link = await screen.findByRole("link", { name: "Open the chart" });
  expect(link.getAttribute("href")).toBe("#/patients/p1");
  await userEvent.click(screen.getByRole("button", { name: "Mark as reviewed" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Mark as reviewed" })).toBeNull());
  screen.getByText("Reviewed");
  expect(host.calls).toContainEqual({ window: "main", name: "set_aside", input: { id: 77 } });
});

test.each([
  ["illegal_move", "status", "The record was in another state by then (status)."],
  ["from_next_year", null, "The reason is not known to this version."],
])("a refusal for %s is told in words", async (fault, field, words) => {
  const refused = [{ ...REFUSED, fault, field }];
  draw({ status: () => status(AGREED), sync_report: () => report({ ...SERVER, refused }) });
  await screen.findByText(words);
});

test("a clock that is behind and a sheet that is not confirmed ask for somebody", async () => {
  draw({ status: () => status({ clock_behind: true, sheet_confirmed: false }) });
  expect(await fact("Clock")).toBe(
    "10:42, behind what was already written down: set the clock of this computer",
  );
  expect(await fact("Recovery sheet")).toBe("Not confirmed yet");
});

test("whoever answers for the computers acknowledges a clock that ran ahead, and a server far off is told", async () => {
  const { host } = draw({
    session: () => session({ permissions: ADMINISTRATOR }),
    status: () => status({ clock_behind: true, server_clock: -400 }),
    acknowledge_clock: () => ({}),
  });
  expect(await fact("The server’s clock")).toBe(
    "400 minutes behind this computer’s: one of the two is wrong",
  );
  await userEvent.click(
    await screen.findByRole("button", { name: "The clock is right: it ran ahead before" }),
  );
  await waitFor(() =>
    expect(host.calls).toContainEqual({ window: "main", name: "acknowledge_clock", input: {} }),
  );
});

test("tables that are what the log says are said to be so", async () => {
  const { host } = draw({ rebuild: () => ({ records: 214, differing: [] }) });
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  await screen.findByText("214 records were made again from the log. Every table is what the log says.");
  expect(host.calls).toContainEqual({ window: "main", name: "rebuild", input: { check: true } });
});

test("tables that differ are named and made again on asking", async () => {
  const { host } = draw({ rebuild: () => ({ records: 214, differing: ["patients", "search"] }) });
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  await screen.findByText(
    "These tables are not what the log says: patients, search. They can be made again from it.",
  );
  await userEvent.click(screen.getByRole("button", { name: "Make them again" }));
  await screen.findByText("The tables were made again from the log: 214 records.");
  expect(host.calls).toContainEqual({ window: "main", name: "rebuild", input: { check: false } });
});

test.each([
  ["disk_full", "The disk of this computer is full."],
  ["store_damaged", "A file of the records on this computer is damaged."],
  ["store_failed", "The records on this computer could not be read or written."],
])("a check refused as %s says so", async (code, sentence) => {
  draw({
    rebuild: () => {
      throw new Refused(code);
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  expect((await screen.findByRole("alert")).textContent).toContain(sentence);
});

test("a computer with two trails is named with the entry from which they differ and both heads", async () => {
  draw({
    sync_report: () =>
      report({
        forked: [
          {
            workstation: "Room 2",
            this: false,
            entry: 31,
            known: { entries: 40, root: "a3f20b" },
            told: { entries: 35, root: "77c01d" },
          },
        ],
      }),
  });
  expect(await screen.findByText("Two trails of one computer")).toBeTruthy();
  expect(screen.getByText("Room 2")).toBeTruthy();
  expect(screen.getByText("The two differ from entry 31 on.")).toBeTruthy();
  expect(screen.getByText("Signed: 40 entries, a3f20b")).toBeTruthy();
  expect(screen.getByText("Signed: 35 entries, 77c01d")).toBeTruthy();
});

test("what the opening found is told with its figures, and an administrator sets it aside", async () => {
  const at = "2026-11-22T10:31:00+08:00";
  const { host } = draw({
    session: () => session({ permissions: ADMINISTRATOR }),
    status: () =>
      status({
        findings: [
          { kind: "mended", at, ops: 4, trail: 6 },
          { kind: "lost", at, ops: 1, trail: 3 },
          { kind: "trail_lost", at, ops: 0, trail: 5 },
          { kind: "dated_back", at, ops: 2, trail: 0 },
          { kind: "server_key", at, ops: 1, trail: 0 },
          { kind: "unsaid", at, ops: 3, trail: 0 },
          { kind: "from_next_year", at, ops: 9, trail: 0 },
        ],
      }),
    acknowledge_findings: () => ({}),
  });
  expect(
    await screen.findByText(/4 entries of the records and 6 of the audit trail were written again/),
  ).toBeTruthy();
  expect(screen.getByText(/the newest entry of this computer’s records is gone, and 3 of/)).toBeTruthy();
  expect(screen.getByText(/the newest 5 entries of the audit trail are gone/)).toBeTruthy();
  expect(screen.getByText(/the server dated 2 entries back to a time/)).toBeTruthy();
  expect(screen.getByText(/what this computer keeps of the server was not what/)).toBeTruthy();
  expect(screen.getByText(/3 signed words of people who sat here were gone/)).toBeTruthy();
  expect(screen.getByText(/something was found that this version does not know/)).toBeTruthy();
  expect(document.body.textContent).not.toContain("health.finding");
  await userEvent.click(await screen.findByRole("button", { name: "I have seen this" }));
  expect(host.calls).toContainEqual({ window: "main", name: "acknowledge_findings", input: {} });
});

test("the check names the first thing that is wrong with each log", async () => {
  draw({
    rebuild: () => ({ records: 214, differing: [] }),
    check_log: () => ({
      logs: 2,
      entries: 214,
      vouchers: 5,
      faults: [
        { workstation: "Room 1", clinics: false, entry: 17, what: "missing", from: null, by: null },
        { workstation: "Room 2", clinics: true, entry: 40, what: "between", from: 31, by: "head" },
        { workstation: "Room 3", clinics: true, entry: 7, what: "unseated", from: null, by: null },
      ],
    }),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  expect(await screen.findByText("Room 1, records of the site: entry 17 is missing.")).toBeTruthy();
  expect(
    screen.getByText(/Room 3, records of the clinic: before entry 7 nobody’s signed word stands/),
  ).toBeTruthy();
  expect(
    screen.getByText(
      "Room 2, records of the clinic: an entry after 31 and up to 40 was changed: the head that the computer signed says otherwise.",
    ),
  ).toBeTruthy();
});
