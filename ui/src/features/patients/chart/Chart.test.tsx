import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Allergies } from "../../../generated/Allergies";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import { banner, charted, HAPPENED, PEOPLE, person, row } from "../../../testing/people";
import type { AnyClaim } from "../../../records/kind";
import { renderApp } from "../../../testing/render";
import { keeping } from "../../../testing/scratch";
import { ADMINISTRATOR, DOCTOR, session } from "../../../testing/signed-in";
import { VISITING } from "../../../testing/visits";

const user = userEvent.setup({ delay: null });

const { id } = person();
const KEPT = { id: "x", version: 4, conflict: false };
const open = (handlers: Handlers = {}, search = "") =>
  renderApp(`/patients/${id}${search}`, { ...PEOPLE, ...handlers });
const card = (name: string) => screen.findByRole("region", { name });
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const withAllergies = (allergies: Allergies, list?: AnyClaim[]): Handlers => ({
  banner: () => banner({ allergies }),
  ...(list ? charted({ allergy: list }) : {}),
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T02:42:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

test("whom to call stands one key away, with the number, also where the chart may not be seen", async () => {
  open({ banner: () => banner({ allergies: { state: "unavailable" } }) });
  await screen.findByRole("button", { name: /^Emergency contact/ });
  expect(screen.queryByText("+63 917 555 0100")).toBeNull();
  await user.keyboard("{Alt>}e{/Alt}");
  await screen.findByText("+63 917 555 0100");
  expect(screen.getByText(/Rosa Mejía/).parentElement?.textContent).toBe(
    "Rosa Mejía (mother) +63 917 555 0100",
  );
});

test("the banner says who this is, and the keys start at the name", async () => {
  open();
  const name = await screen.findByRole("heading", { level: 1, name: "MEJÍA, Gustavo (Mr)" });
  await waitFor(() => expect(document.activeElement).toBe(name));
  const facts = name.closest("header")?.textContent;
  for (const fact of ["Born 14-Jul-1999 (27y)", "Male", "Student no. 2019-104-883", "BS Tourism, year 4"])
    expect(facts).toContain(fact);
  expect(document.title).toBe("Chart · ClinicDesk");
});

test("alerts for everyone stand in two lines of the banner in whole words, and the others open", async () => {
  const alert = (text: string, act: string | null = null) => ({ text, act });
  const alerts = [
    alert("Falls", "do not leave alone"),
    ...["Hits when frightened", "Deaf", "Chickenpox"].map((text) => alert(text)),
  ];
  // The third line begins with "Deaf".
  const bottom = (of: Element) => (of.tagName === "LI" && /Deaf|pox/.test(of.textContent ?? "") ? 84 : 52);
  const measured = vi.spyOn(Element.prototype, "getBoundingClientRect");
  measured.mockImplementation(function (this: Element) {
    const none = { x: 0, y: 0, top: 0, left: 0, right: 0, width: 0, height: 0 };
    return { ...none, bottom: bottom(this), toJSON: () => none };
  });
  open({ banner: () => banner({ alerts, more_alerts: 5 }) });
  const list = await screen.findByRole("list", { name: "Alerts for everyone" });
  // What does not stand in sight is read out all the same.
  const said = within(list).getAllByRole("listitem");
  expect(said.map((item) => item.textContent)).toEqual([
    "Falls: do not leave alone",
    "Hits when frightened",
    "Deaf",
    "Chickenpox",
  ]);
  const more = await screen.findByRole("button", { name: "and 7 more" });
  expect(more.getAttribute("aria-expanded")).toBe("false");
  await user.click(more);
  screen.getByText("and 5 more");
  await user.click(screen.getByRole("button", { name: "Fewer" }));
  await screen.findByRole("button", { name: "and 7 more" });
  measured.mockRestore();
});

test("who has died and what is disputed stands in the banner", async () => {
  open({ banner: () => banner({ person: person({ died: true }), disputed: ["birth_date"] }) });
  const name = await screen.findByRole("heading", { level: 1 });
  expect(name.closest("header")?.textContent).toMatch(/Died.*Disputed/);
});

test("a dispute is told with the way to settle it, to whoever may", async () => {
  const disputed = banner({ disputed: ["birth_date"] });
  const answers = { banner: () => disputed };
  const { router, unmount } = open(answers);
  await user.click(within(await card("Alerts")).getByRole("button", { name: "Settle" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/conflicts"));
  unmount();
  const permissions = DOCTOR.filter((each) => each !== "conflict.resolve");
  open({ ...answers, session: () => session({ permissions }) });
  await within(await card("Alerts")).findByText("Two people disagree");
  expect(screen.queryByRole("button", { name: "Settle" })).toBeNull();
});

test("a dispute is told wherever its record stands, with the way to it", async () => {
  const { router } = open({
    chart: () => ({
      counts: {},
      disputed: [
        // Further down than the first page of its card.
        { id: "al99", fields: ["reaction"], fact: { kind: "allergy", details: { substance: "Latex" } } },
        { id: "v1", fields: ["concern"], fact: { kind: "visit", details: { kind: "routine" } } },
      ],
    }),
    allergy: () => ({
      id: "al99",
      version: 2,
      past: false,
      disputed: ["reaction"],
      shortened: false,
      details: { substance: "Latex" },
    }),
  });
  const alerts = within(await card("Alerts"));
  const row = async (title: string) =>
    within((await alerts.findByText(title)).closest<HTMLElement>("li") ?? document.body);
  await user.click((await row("Allergy: Latex")).getByRole("button", { name: "Review" }));
  await screen.findByRole("region", { name: "Allergy" });
  await user.click((await row("Check-up")).getByRole("button", { name: "Settle" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/conflicts"));
});

test("what the server keeps out for no known reason stands in the chart, written anew or let go", async () => {
  const fact = HAPPENED.find((each) => each.id === "a1")?.fact ?? null;
  const refused = [
    {
      id: 77,
      kind: "allergy",
      fact,
      said: ["penicillin", "rash"],
      author: "Ana Doctor",
      at: "2026-11-21T16:02:00+08:00",
      fault: "not_allowed",
      field: "role",
    },
  ];
  const { host } = open({
    banner: () => banner({ refused }),
    write_anew: () => KEPT,
    set_aside: () => ({}),
  });
  const alerts = await card("Alerts");
  await within(alerts).findByText("Refused by the server: Allergy: penicillin");
  expect(alerts.textContent).toContain("Its author’s role does not permit it. Ana Doctor, 21-Nov-2026");
  await screen.findByText("Refused by the server");
  await user.click(within(alerts).getByRole("button", { name: "Write it anew" }));
  expect(sent(host, "write_anew")).toEqual([{ id: 77 }]);
  await user.click(within(alerts).getByRole("button", { name: "Let it go" }));
  const asks = await screen.findByRole("dialog", { name: "Let this change go?" });
  await user.click(within(asks).getByRole("button", { name: "Keep the reminder" }));
  expect(sent(host, "set_aside")).toEqual([]);
  await user.click(within(alerts).getByRole("button", { name: "Let it go" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Let it go" }));
  expect(sent(host, "set_aside")).toEqual([{ id: 77 }]);
});

test("a certificate left half typed is told by its reason, and its step by the words", async () => {
  const row = (subject: string, text: string) => ({ patient: id, subject, text, at: Date.now() });
  const kept = { version: null, visit: null, before: {}, values: { template: "t1", reason: "Fever" } };
  const rows = [row("certificate.add", JSON.stringify(kept)), row("certificate.return.c1", "Wrong days")];
  const { router } = open({ scratches: () => ({ rows }) });
  const alerts = await card("Alerts");
  await within(alerts).findByText("Unfinished: Certificate");
  expect(alerts.textContent).toContain("Fever · typed ");
  expect(alerts.textContent).toContain("Unfinished: Return to its author");
  expect(alerts.textContent).toContain("Wrong days · typed ");
  await user.click(within(alerts).getAllByRole("button", { name: "Continue" })[1] as HTMLElement);
  await waitFor(() => expect(router.state.location.href).toBe("/certificates/c1?step=return"));
});

test.each([
  ["attachment.add", '{"version":null,"before":{"files":{}},"values":{"files":{"a.pdf":{"title":"Chest"}}}}'],
  ["form eye.pressure@1", '{"version":null,"before":{},"values":{"right":"16"}}'],
])("what was left of %s goes on in its tab with its form open", async (subject, text) => {
  const rows = [{ patient: id, subject, text, at: Date.now() }];
  const { router } = open({ ...VISITING, scratches: () => ({ rows }) });
  const alerts = await card("Alerts");
  await user.click(await within(alerts).findByRole("button", { name: "Continue" }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ task: subject }));
  expect(router.state.location.search).toHaveProperty("tab");
});

test("a doctor is told to see to a critical value, and anybody else to call a clinician", async () => {
  const at = "2026-11-22T10:14:00+08:00";
  const act = { act: "tell_clinician" as const, record: "s9", at, value: "8", unit: "", first: false };
  const latest_vitals = () => ({ vitals: [], acts: [act], more: 0 });
  open({ latest_vitals });
  await within(await card("Alerts")).findByText("See to this now");
  cleanup();
  open({ latest_vitals, session: () => session({ role: "nurse" }) });
  await within(await card("Alerts")).findByText("Call a clinician");
});

test.each<[Allergies, string]>([
  [banner().allergies, "Known allergies: penicillin (rash), latex"],
  [{ state: "none_known" }, "No known allergies"],
  [{ state: "not_recorded" }, "Allergies not recorded"],
  [{ state: "unavailable" }, "Allergies: for clinical staff"],
])("allergies that are %o are said so, and open the list", async (allergies, said) => {
  open(withAllergies(allergies, []));
  await user.click(await screen.findByRole("button", { name: said }));
  await screen.findByRole("region", { name: "All allergies" });
});

test("where nobody asked, one press keeps that there are none, with the version that was seen", async () => {
  const { host } = open({
    ...withAllergies({ state: "not_recorded" }, []),
    declare_no_allergies: () => KEPT,
  });
  await card("Alerts");
  await user.click(await screen.findByRole("button", { name: "No known allergies (asked)" }));
  await waitFor(() => expect(sent(host, "declare_no_allergies")).toEqual([{ patient: id, version: 7 }]));
});

test("the list of allergies takes the keys, and gives them back where it was opened", async () => {
  open(withAllergies({ state: "not_recorded" }, []));
  const ask = await within(await card("Alerts")).findByRole("button", { name: "Ask now" });
  await user.click(ask);
  const pane = await screen.findByRole("region", { name: "All allergies" });
  expect(pane.contains(document.activeElement)).toBe(true);
  await user.tab();
  expect(pane.contains(document.activeElement)).toBe(true);
  await user.keyboard("{Escape}");
  expect(document.activeElement).toBe(ask);
});

test("nothing to look at shows no alerts", async () => {
  open();
  await card("Problems");
  expect(screen.queryByRole("region", { name: "Alerts" })).toBeNull();
});

test("vital signs stand under the time and hand of their taking, and grey after a day", async () => {
  open();
  const vitals = (await screen.findByText("10:14 today")).closest("section") as HTMLElement;
  expect(vitals.textContent).toContain("10:14 today · Nurse Liza Cruz");
  expect(vitals.textContent).toContain("Blood pressure148/92▲ (high)mmHg");
  const old = within(vitals).getByText("Weight").closest("[data-old]");
  expect(old?.getAttribute("data-old")).toBe("true");
  expect(old?.textContent).toContain("03-Sep-2026 14:05 · Dr Maria Reyes");
});

test("a medicine stands in its full dose line, and what is past only on asking", async () => {
  open();
  const medicines = await card("Medicines");
  expect(medicines.textContent).toContain(
    "salbutamol VENTOLIN — 100 micrograms — inhaler — DOSE 2 puffs — inhaled — as needed",
  );
  expect(medicines.textContent).not.toContain("paracetamol");
  await user.click(within(medicines).getByRole("button", { name: "1 past" }));
  expect(medicines.textContent).toContain("paracetamol");
});

test("the timeline tells each fact in words, one minute's measurements in one line, codes behind names", async () => {
  open();
  const today = await card("Today, 22-Nov-2026");
  const rows = within(today)
    .getAllByRole("listitem")
    .map((item) => item.textContent);
  expect(rows).toEqual([
    "10:31DxAcute tonsillitis J03.9Dr Maria ReyesconfirmedSore throat and fever for two daysDraft",
    "10:14VSBP 148/92▲ (high) · 38.4 °C▲ (high) · pulse 96 · resp. 18 · SpO₂ 98 %Nurse Liza Cruz2 values out of rangeRepeat BP",
    "10:12ViConsultation: sore throatDr Maria ReyesUnder way",
  ]);
  const september = await card("03-Sep-2026");
  await user.click(within(september).getByRole("button", { name: "+ 2 more" }));
  expect(within(september).getByText("Platelets").nextSibling?.textContent).toBe("300");
});

test("a certificate is read by what sort of paper it is", async () => {
  const rows = HAPPENED.map((each) => (each.id === "c1" ? { ...each, line: "Slip, back to class" } : each));
  open({ timeline: () => ({ rows, next: null }) });
  await screen.findByText("Slip, back to class: Fit");
});

test("a critical value stands first in its line and not among what is left out", async () => {
  const rows = HAPPENED.map((each) =>
    each.id === "l7" ? { ...each, level: "critical_low" as const } : each,
  );
  open({ timeline: () => ({ rows, next: null }) });
  const september = await card("03-Sep-2026");
  const [, line] = within(september).getAllByRole("listitem");
  expect(line?.textContent).toMatch(/^14:05.*?Platelets 300.*critical.*Leukocytes.*\+ 2 more/);
});

test.each([
  ["a note", /Acute tonsillitis/, "note v1 n1"],
  ["a visit", /sore throat/, "note v1"],
])("%s of the timeline opens beside it", async (_, name, task) => {
  const { router } = open(VISITING);
  await user.click(await screen.findByRole("button", { name }));
  await screen.findByRole("region", { name: "Visit note" });
  expect(router.state.location.search).toEqual({ task });
});

test("kinds narrow the timeline and carry their counts", async () => {
  const { host } = open();
  await user.click(await screen.findByRole("button", { name: "Certificates 1" }));
  await waitFor(() => expect(screen.queryByText(/Acute tonsillitis/)).toBeNull());
  await screen.findByText("Fit");
  expect(sent(host, "timeline").at(-1)).toEqual({ patient: id, kinds: ["certificate"], before: null });
});

test("earlier pages follow on asking", async () => {
  const next = { at: 5, record: "r5" };
  const { host } = open({
    timeline: ({ before }) =>
      before
        ? {
            rows: [row("z", "2007-05-05", null, { kind: "allergy", details: { substance: "nuts" } })],
            next: null,
          }
        : { rows: HAPPENED, next },
  });
  await user.click(await screen.findByRole("button", { name: "Earlier" }));
  await screen.findByText("Allergy: nuts");
  expect(sent(host, "timeline").at(-1)).toEqual({ patient: id, kinds: [], before: next });
  expect(screen.queryByRole("button", { name: "Earlier" })).toBeNull();
});

test("two thousand events are shown as their first page in little time", async () => {
  const rows = Array.from({ length: 40 }, (_, at) =>
    row(`e${at}`, "2026-11-20", "10:00", {
      kind: "event",
      details: { category: "procedure", text: `no ${at}` },
    }),
  );
  open({
    ...charted({ counts: { event: 2000 } }),
    timeline: () => ({ rows, next: { at: 1, record: "e39" } }),
  });
  await screen.findByRole("button", { name: "All 2,000" });
  expect((await card("20-Nov-2026")).querySelectorAll("li")).toHaveLength(40);
});

test("who may not read charts sees how to reach them, and no chart is asked for", async () => {
  const { host } = open({
    session: () => session({ permissions: ADMINISTRATOR }),
    banner: () => banner({ allergies: { state: "unavailable" } }),
    patient: () => ({ id, version: 7, details: { family: "Mejía" }, disputed: [] }),
    queue: () => ({ rows: [], room: "Room 1", room_said: true }),
  });
  await screen.findByText("Allergies: for clinical staff");
  await screen.findByRole("region", { name: "How to reach them" });
  const asked = host.calls.map(({ name }) => name);
  expect(asked).not.toContain("chart");
  expect(asked).not.toContain("timeline");
});

test("a person who is not here is told so", async () => {
  open({
    banner: () => {
      throw new Refused("not_found");
    },
  });
  await screen.findByRole("alert");
});

test("what was typed about a person who is not here any more can be thrown away", async () => {
  const row = (subject: string) => ({ patient: id, subject, text: "x", at: Date.now() });
  const pad = keeping(row("note v1"), row("visit v1"));
  const gone = () => {
    throw new Refused("not_found");
  };
  open({ ...pad.handlers, banner: gone });
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("who looked is asked anew each time it is opened", async () => {
  const { host } = open();
  await user.click(await screen.findByRole("tab", { name: "Who looked" }));
  await screen.findByRole("table", { name: "Who looked" });
  screen.getByText(/^At this computer only/);
  await user.click(screen.getByRole("tab", { name: "Timeline" }));
  await waitFor(() => expect(screen.queryByRole("table", { name: "Who looked" })).toBeNull());
  await user.click(screen.getByRole("tab", { name: "Who looked" }));
  await waitFor(() => expect(host.calls.filter(({ name }) => name === "who_looked")).toHaveLength(2));
});

test("who looked at other computers is asked of the server, and what is not in the list is named", async () => {
  let asked = false;
  const row = { object: null, patient: null, name: null, outcome: "done", reason: null, times: null };
  open({
    ask_who_looked: () => {
      asked = true;
      return {};
    },
    looked_elsewhere: () => ({
      attached: true,
      asked,
      more: false,
      rows: asked
        ? [
            {
              ...row,
              seq: 7,
              wall: "2026-11-22T10:30:30+08:00",
              user: "Ana Lim",
              role: "doctor",
              action: "chart",
              workstation: "Room 2",
            },
          ]
        : null,
      trails: [
        { workstation: "Room 2", until: asked ? "2026-11-22T10:30:40+08:00" : null },
        { workstation: "Room 3", until: null },
      ],
    }),
  });
  await user.click(await screen.findByRole("tab", { name: "Who looked" }));
  await screen.findByText("Not in this list: Room 2, Room 3.");
  await user.click(screen.getByRole("button", { name: "Ask for all computers" }));
  await screen.findByText(/as far as their entries have arrived: Room 2 until 22-Nov-2026 10:30/);
  screen.getByText("Not in this list: Room 3.");
  const rows = screen.getAllByRole("row").map((each) => each.textContent);
  expect(rows[2]).toBe("22-Nov-2026 10:30Room 2Ana LimDoctorOpened a chartDone");
});

test("who looked is told in words", async () => {
  open();
  await user.click(await screen.findByRole("tab", { name: "Who looked" }));
  const rows = (await screen.findAllByRole("row")).map((each) => each.textContent);
  expect(rows[1]).toBe("22-Nov-2026 10:31Nurse Liza CruzNurseRecorded an allergyDone");
  expect(rows[3]).not.toContain("not_permitted");
});
