import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, test } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { banner, GUSTAVA, PEOPLE, person } from "../../testing/people";
import { renderApp } from "../../testing/render";
import { keeping } from "../../testing/scratch";
import { ADMINISTRATOR, DOCTOR, session } from "../../testing/signed-in";
import { noteView, present, queueRow, VISIT, VISITING, visitView } from "../../testing/visits";

const user = userEvent.setup({ delay: null });

const { id } = person();
const START = { patient: id, kind: null, concern: null };
const nurse: Handlers = { session: () => session({ role: "nurse", name: "Liza Cruz", title: "Nurse" }) };
const desk: Handlers = {
  session: () =>
    session({
      role: "front_desk",
      permissions: ["patient.read", "patient.register", "visit.edit", "session.use"],
    }),
  patient: () => ({ id, version: 7, details: { family: "Mejía" }, disputed: [] }),
};
/** Nobody is in a visit until one is started. */
function starting() {
  let here = false;
  return {
    banner: () => banner({ visit: here ? present({ status: "arrived" }) : null }),
    start_visit: () => {
      here = true;
      return { id: VISIT, version: 1, conflict: false };
    },
    visit_details: () => ({ version: 1, patient: id, details: {} }),
  } satisfies Handlers;
}
const FEVER = { id: VISIT, version: 1, patch: { concern: "Fever" } };

const notYet: Handlers = { banner: () => banner() };
const open = (at: string, handlers: Handlers = {}) => renderApp(at, { ...PEOPLE, ...VISITING, ...handlers });
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const lists = () =>
  screen.getAllByRole("table").map((table) => [
    table.querySelector("caption")?.textContent,
    ...within(table)
      .getAllByRole("row")
      .slice(1)
      .map((row) => row.querySelector("b")?.textContent),
  ]);

test("a returning patient is found and their visit started within five keystrokes beyond the name", async () => {
  const { host, router } = open("/today", notYet);
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("/");
  await screen.findByRole("combobox");
  await user.keyboard("mejia");
  await screen.findByRole("group", { name: "People" });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("region", { name: "Visit note" });
  expect(router.state.location.search).toEqual({ task: `note ${VISIT}` });
  expect(sent(host, "start_visit")).toEqual([{ ...START, status: "in_progress" }]);
});

test("who is in a visit already is not put into a second one", async () => {
  const { host } = open("/patients");
  await screen.findByRole("combobox");
  await user.keyboard("mejia");
  await screen.findByRole("group", { name: "People" });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("region", { name: "Visit note" });
  expect(sent(host, "start_visit")).toEqual([]);
});

test("where somebody else was quicker, the visit that they started is gone on with", async () => {
  let started = false;
  const { host, router } = open(`/patients/${id}`, {
    banner: () => banner({ visit: started ? present() : null }),
    start_visit: () => {
      started = true;
      throw new Refused("in_visit", { visit: VISIT, status: "in_progress" });
    },
  });
  await user.click(await screen.findByRole("button", { name: "Start visit" }));
  await screen.findByRole("region", { name: "Visit note" });
  expect(router.state.location.search).toEqual({ task: `note ${VISIT}` });
  await screen.findByRole("button", { name: /In visit since/ });
  expect(sent(host, "start_visit")).toHaveLength(1);
});

test("the chart starts the visit by a key, and the same key leads to its note afterwards", async () => {
  let started = false;
  const { host } = open(`/patients/${id}`, {
    banner: () => banner({ visit: started ? present() : null }),
    start_visit: () => {
      started = true;
      return { id: VISIT, version: 1, conflict: false };
    },
  });
  await screen.findByRole("button", { name: "Start visit" });
  await user.keyboard("{Alt>}v{/Alt}");
  const pane = await screen.findByRole("region", { name: "Visit note" });
  await screen.findByRole("button", { name: /In visit since/ });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(pane.isConnected).toBe(false));
  await user.keyboard("{Alt>}v{/Alt}");
  await screen.findByRole("region", { name: "Visit note" });
  expect(sent(host, "start_visit")).toHaveLength(1);
});

test("a key that repeats starts one visit", async () => {
  let held = false;
  let answer: () => void = () => undefined;
  const { host } = open(`/patients/${id}`, {
    banner: () => (held ? new Promise((resolve) => (answer = () => resolve(banner()))) : banner()),
  });
  await screen.findByRole("button", { name: "Start visit" });
  held = true;
  const before = sent(host, "banner").length;
  await user.keyboard("{Alt>}v{/Alt}");
  await user.keyboard("{Alt>}v{/Alt}");
  expect(sent(host, "banner")).toHaveLength(before + 1);
  held = false;
  answer();
  await screen.findByRole("region", { name: "Visit note" });
  expect(sent(host, "start_visit")).toHaveLength(1);
});

test("at the nurse's the visit waits: why they came is typed, and then the vital signs", async () => {
  const { host, router } = open(`/patients/${id}`, { ...nurse, ...starting() });
  await user.click(await screen.findByRole("button", { name: "Start visit" }));
  const reason = await screen.findByRole("textbox", { name: "Reason for coming" });
  await screen.findByLabelText("Systolic");
  await waitFor(() => expect(document.activeElement).toBe(reason));
  await user.keyboard("Fever{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.search).toEqual({ tab: "vitals" }));
  await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("systolic"));
  expect(sent(host, "start_visit")).toEqual([{ ...START, status: "arrived" }]);
  expect(sent(host, "edit_visit")).toEqual([FEVER]);
});

test("a refused start is told, and the chart stays", async () => {
  const { router } = open(`/patients/${id}`, {
    ...notYet,
    start_visit: () => {
      throw new Refused("not_permitted");
    },
  });
  await user.click(await screen.findByRole("button", { name: "Start visit" }));
  await screen.findByText(/Your role does not permit this/);
  expect(router.state.location.search).toEqual({});
});

test("a new patient is saved and their visit started by one key", async () => {
  const kept = { id, version: 1, conflict: false };
  const { host } = open("/patients/new", { ...notYet, register_patient: () => kept });
  await user.type(await screen.findByLabelText("Family name"), "Mejía");
  await user.keyboard("{Alt>}v{/Alt}");
  await screen.findByRole("region", { name: "Visit note" });
  expect(sent(host, "start_visit")).toHaveLength(1);
});

test("a step is taken by keys, with the version that was seen", async () => {
  const { host } = open(`/patients/${id}`, {
    banner: () => banner({ visit: present({ status: "arrived" }) }),
  });
  await screen.findByRole("button", { name: /Here since/ });
  await user.keyboard("{Alt>}s{/Alt}");
  await screen.findByRole("menuitem", { name: "Triaged" });
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Triaged"));
  await user.keyboard("{Enter}");
  await waitFor(() =>
    expect(sent(host, "step_visit")).toEqual([{ visit: VISIT, version: 2, to: "triaged" }]),
  );
  await screen.findByText("Triaged.");
});

test("a visit is cancelled only after it was asked for", async () => {
  const { host } = open(`/patients/${id}`, {
    banner: () => banner({ visit: present({ status: "triaged" }) }),
  });
  await user.click(await screen.findByRole("button", { name: /Triaged since/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Cancel the visit…" }));
  const dialog = await screen.findByRole("dialog");
  expect(sent(host, "step_visit")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Cancel the visit" }));
  await waitFor(() => expect(sent(host, "step_visit")).toHaveLength(1));
});

test("a clinician takes over a person who is with another, and who writes no notes begins no consultation", async () => {
  const { host } = open(`/patients/${id}`, {
    banner: () => banner({ visit: present({ attending: "Dr Ana Lim", mine: false }) }),
  });
  await user.click(await screen.findByRole("button", { name: /^With Dr Ana Lim since/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Take over" }));
  await screen.findByText("They are with you now.");
  expect(sent(host, "edit_visit")).toEqual([{ id: VISIT, version: 2, patch: { attending: session().user } }]);
});

test("the desk is offered no step that is a clinician's", async () => {
  open(`/patients/${id}`, {
    ...desk,
    banner: () => banner({ visit: present({ status: "arrived", attending: null, mine: false }) }),
  });
  await user.click(await screen.findByRole("button", { name: /Here since/ }));
  const steps = (await screen.findAllByRole("menuitem")).map(({ textContent }) => textContent);
  expect(steps).toEqual(["Triaged", "Cancel the visit…", "UrgentAlt U", "Reason for coming, outcome…"]);
});

test("one key in a chart makes who waits urgent, and their banner says so", async () => {
  let urgency: "urgent" | null = null;
  const { host } = open(`/patients/${id}`, {
    banner: () => banner({ visit: present({ status: "arrived", attending: null, mine: false, urgency }) }),
    edit_visit: () => {
      urgency = "urgent";
      return { id: VISIT, version: 3, conflict: false };
    },
  });
  await screen.findByRole("button", { name: /Here since/ });
  await user.keyboard("{Alt>}u{/Alt}");
  await screen.findByText("Urgent: called before those who can wait.");
  expect(sent(host, "edit_visit")).toEqual([{ id: VISIT, version: 2, patch: { urgency: "urgent" } }]);
  await screen.findByText("Urgent");
});

test.each([
  ["the menu of the visit", /In visit since/, "menu"],
  ["the words about sync", "Only on this computer", "dialog"],
])("Escape closes %s alone, and the next one the task below", async (_, opener, role) => {
  open(`/patients/${id}?task=visit ${VISIT}`);
  await screen.findByLabelText("Kind of visit");
  const pane = screen.getByRole("region", { name: "Visit" });
  await user.click(await screen.findByRole("button", { name: opener }));
  await screen.findByRole(role);
  await waitFor(() => expect(document.activeElement?.closest(`[role=${role}]`)).not.toBeNull());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole(role)).toBeNull());
  expect(pane.isConnected).toBe(true);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: opener })));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(pane.isConnected).toBe(false));
});

test("a step that is not possible any more is told in words", async () => {
  open(`/patients/${id}`, {
    step_visit: () => {
      throw new Refused("illegal_move");
    },
  });
  await user.click(await screen.findByRole("button", { name: /In visit since/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Complete the visit" }));
  await screen.findByText(/This step is not possible/);
});

test("what a visit is for can be changed; only what changed is sent", async () => {
  const { host } = open(`/patients/${id}?task=visit ${VISIT}`);
  await user.selectOptions(await screen.findByLabelText("Kind of visit"), "Emergency");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "edit_visit")).toEqual([{ id: VISIT, version: 2, patch: { kind: "emergency" } }]),
  );
});

test("once a visit is saved the keys are where its form was opened", async () => {
  open(`/patients/${id}`, { edit_visit: () => ({ id: VISIT, version: 3, conflict: false }) });
  const menu = await screen.findByRole("button", { name: /In visit since/ });
  await user.click(menu);
  await user.click(await screen.findByRole("menuitem", { name: "Reason for coming, outcome…" }));
  await user.type(await screen.findByLabelText("Reason for coming"), "fever{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.queryByLabelText("Reason for coming")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(menu));
});

const CONCERN = "Reason for coming";

test("a concern left half typed goes on from the chart and from Today, and is forgotten once saved", async () => {
  const pad = keeping();
  const { host, router } = open(`/patients/${id}?task=visit ${VISIT}`, pad.handlers);
  await user.type(await screen.findByLabelText(CONCERN), "Sore thr{Escape}");
  await waitFor(() => expect(pad.rows()).toHaveLength(1));
  const alerts = await screen.findByRole("region", { name: "Alerts" });
  await within(alerts).findByText("Unfinished: Visit");
  expect(alerts.textContent).toContain("Sore thr");
  await router.navigate({ to: "/today" });
  await screen.findByText(/Visit$/, { selector: "li *" });
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  await screen.findByText(/^Restored: what you typed at/);
  await user.type(await screen.findByLabelText(CONCERN), "oat{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "edit_visit")).toEqual([{ id: VISIT, version: 2, patch: { concern: "Sore throat" } }]),
  );
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("the tab of visits tells each with its notes, their state, and what was measured", async () => {
  open(`/patients/${id}?tab=visits`);
  const visit = await screen.findByRole("article", { name: "Consultation: sore throat" });
  expect(visit.textContent).toContain("BP 148/92▲ (high) · 38.4 °C▲ (high) · pulse 96");
  expect(visit.textContent).toContain("OpenDr Maria Reyes · 10:31");
  expect(visit.textContent).toContain("Acute tonsillitis · J03.9 · primary · confirmed");
  await user.click(within(visit).getByRole("button", { name: "Continue" }));
  await screen.findByRole("region", { name: "Visit note" });
});

test("no visits yet say what belongs here", async () => {
  open(`/patients/${id}?tab=visits`, { timeline: () => ({ rows: [], next: null }) });
  await screen.findByText(/Visits appear here/);
});

test("the doctor's day: with me, to see with those who were triaged first, with others", async () => {
  open("/today");
  await screen.findAllByRole("table");
  expect(lists()).toEqual([
    ["With me", "MEJÍA, Gustavo (Mr)"],
    ["To see", "MEJIAS, Gustava (Ms)", "الحسن, محمد علي"],
    ["With others", "DELA CRUZ, Ana"],
  ]);
  expect(screen.getByText("2 h 11 min").closest("tr")?.textContent).toContain("08:31");
});

test("the nurse's day: to triage, triaged, with a clinician; Enter opens where the work goes on", async () => {
  const { router } = open("/today", nurse);
  await screen.findAllByRole("table");
  expect(lists().map(([name]) => name)).toEqual([
    "To triage",
    "Triaged, waiting for a clinician",
    "With a clinician",
  ]);
  screen.getByText("الحسن, محمد علي").closest("tr")?.focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.search).toEqual({ tab: "vitals" }));
});

test.each<[string, string, () => Promise<void>]>([
  [
    "from the find box",
    "/today",
    async () => {
      await screen.findByRole("heading", { level: 1 });
      await user.keyboard("/");
      await screen.findByRole("combobox");
      await user.keyboard("mejia");
      await screen.findByRole("group", { name: "People" });
      await user.keyboard("{Control>}{Enter}{/Control}");
    },
  ],
  [
    "with the registration",
    "/patients/new",
    async () => {
      await user.type(await screen.findByLabelText("Family name"), "Mejía");
      await user.keyboard("{Alt>}v{/Alt}");
    },
  ],
  [
    "on the person's page",
    `/patients/${id}`,
    async () => {
      await screen.findByRole("button", { name: /^Start visit/ });
      await user.keyboard("{Alt>}v{/Alt}");
    },
  ],
])("the desk starts a visit %s at once, and types why they came in the next breath", async (_, at, begin) => {
  const kept = { id, version: 1, conflict: false };
  const { host, router } = open(at, { ...desk, ...starting(), register_patient: () => kept });
  await begin();
  const reason = await screen.findByRole("textbox", { name: "Reason for coming" });
  expect(sent(host, "start_visit")).toEqual([{ ...START, status: "arrived" }]);
  await waitFor(() => expect(document.activeElement).toBe(reason));
  await user.keyboard("Fever{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "edit_visit")).toEqual([FEVER]));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

test("the desk adds the reason later by the key of the visit, and half typed it waits", async () => {
  const pad = keeping();
  const { host } = open(`/patients/${id}`, {
    ...desk,
    ...pad.handlers,
    banner: () => banner({ visit: present({ status: "arrived" }) }),
    visit_details: () => ({ version: 1, patient: id, details: {} }),
  });
  await screen.findByRole("button", { name: /^Reason for coming/ });
  await user.keyboard("{Alt>}v{/Alt}");
  const reason = () => screen.findByRole("textbox", { name: "Reason for coming" });
  await user.type(await reason(), "Fev{Escape}");
  await waitFor(() => expect(pad.rows()).toMatchObject([{ subject: `visit ${VISIT}` }]));
  await user.click(await screen.findByRole("button", { name: /Here since/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Reason for coming, outcome…" }));
  await screen.findByText(/^Restored: what you typed at/);
  await user.type(await reason(), "er{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "edit_visit")).toEqual([FEVER]));
});

test("whom the desk finds in a visit already is shown, and asked nothing", async () => {
  const { host, router } = open("/patients", desk);
  await screen.findByRole("combobox");
  await user.keyboard("mejia");
  await screen.findByRole("group", { name: "People" });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("button", { name: /In visit since/ });
  expect(router.state.location.search).toEqual({});
  expect(sent(host, "start_visit")).toEqual([]);
});

test("of a visit of which nobody said why, Today and the chart say no reason", async () => {
  const { unmount } = open("/today", {
    queue: () => ({
      rows: [queueRow("w1", { kind: null, concern: null, status: "arrived" })],
      room: "Room 1",
      room_said: true,
    }),
  });
  const row = (await screen.findByText("MEJÍA, Gustavo (Mr)")).closest("tr");
  expect(row?.textContent).not.toContain("Consultation");
  unmount();
  open(`/patients/${id}?task=visit ${VISIT}`, {
    visit_details: () => ({ version: 1, patient: id, details: {} }),
  });
  expect((await screen.findByLabelText<HTMLSelectElement>("Kind of visit")).value).toBe("");
});

test("the front desk sees who is here, and opens no note", async () => {
  const { router } = open("/today", desk);
  await screen.findAllByRole("table");
  expect(lists()[0]?.[0]).toBe("Waiting");
  screen.getByText("MEJIAS, Gustava (Ms)").closest("tr")?.focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${GUSTAVA.id}`));
  expect(router.state.location.search).toEqual({});
});

test("nobody here is said, with the way to begin; what cannot be read is told", async () => {
  const { unmount } = open("/today", { queue: () => ({ rows: [], room: "Room 1", room_said: true }) });
  await screen.findByText(/Nobody is waiting/);
  unmount();
  open("/today", {
    queue: () => {
      throw new Refused("store_failed");
    },
  });
  expect((await screen.findByRole("alert")).textContent).toContain("could not be read or written");
});

test("whose role starts no visits is offered none", async () => {
  open(`/patients/${id}`, { ...notYet, session: () => session({ permissions: ADMINISTRATOR }) });
  await screen.findByRole("heading", { level: 1 });
  expect(screen.queryByRole("button", { name: "Start visit" })).toBeNull();
});

test("who may not step a visit still reads how far it is", async () => {
  const permissions = DOCTOR.filter((each) => each !== "visit.edit");
  open(`/patients/${id}`, { session: () => session({ permissions }) });
  await screen.findByText(/In visit since/);
  expect(screen.queryByRole("button", { name: /In visit since/ })).toBeNull();
});

test.each([
  ["/today", "With me"],
  [`/patients/${id}?tab=vitals&task=note ${VISIT}`, "Take vital signs"],
  [`/patients/${id}?tab=visits`, "Consultation: sore throat"],
])("%s has nothing that axe finds", async (at, shown) => {
  const { container } = open(at, { visit: () => visitView({ notes: [noteView()] }) });
  await screen.findAllByText(shown, { exact: false });
  await waitFor(() => expect(container.querySelector("[aria-busy=true]")).toBeNull());
  const rules = { "color-contrast": { enabled: false } };
  const { violations } = await axe.run(container, { rules });
  expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`)).toEqual([]);
});
