import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import type { Alike } from "../../../generated/Alike";
import { PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { keeping, later } from "../../../testing/scratch";
import { door, session } from "../../../testing/signed-in";

const user = userEvent.setup({ delay: null });

const KEPT = { id: "01900000-0000-7000-8000-00000000b001", version: 1, conflict: false };
const registering = { ...PEOPLE, register_patient: () => KEPT };
const alike = (score: number): Alike => ({ person: person(), likeness: { score, reasons: ["names"] } });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);

test("the minimum set takes less than 40 seconds of typing and opens the chart", async () => {
  const { host, router } = renderApp("/patients/new", registering);
  await field("Family name");
  const keys = ["Mejía", "{Tab}", "Gustavo Alberto", "{Tab}", "14/7/1999", "{Tab}", "m"];
  for (const key of keys) await user.keyboard(key);
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${KEPT.id}`));
  expect(sent(host, "register_patient")).toEqual([
    { details: { family: "Mejía", given: "Gustavo Alberto", birth_date: "1999-07-14", sex: "male" } },
  ]);
  // 40 words a minute are 200 keystrokes of five to the word.
  const pressed = keys.reduce((sum, key) => sum + (key === "{Tab}" ? 1 : [...key].length), 2);
  expect(pressed / (200 / 60)).toBeLessThan(40);
});

test("entries are added and taken away, and one that says nothing is not sent", async () => {
  const { host } = renderApp("/patients/new", registering);
  await user.type(await field("Family name"), "Reyes");
  await user.click(screen.getByText("Add a phone"));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Phone")));
  await user.keyboard("0917 555 0101");
  await user.click(screen.getByText("Add an e-mail"));
  await user.click(screen.getByText("Add a person"));
  await user.click(screen.getByLabelText("Remove this person"));
  await user.click(screen.getByLabelText("Student"));
  await user.type(await field("Course"), "BS Tourism");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "register_patient")).toHaveLength(1));
  const [{ details }] = sent(host, "register_patient") as [{ details: { contacts: object } }];
  expect(details).toEqual({
    family: "Reyes",
    category: "student",
    course: "BS Tourism",
    contacts: expect.anything(),
  });
  expect(Object.values(details.contacts)).toEqual([
    { system: "phone", value: "0917 555 0101", purpose: "mobile" },
  ]);
});

test("who may be the same person is shown while one types, and is asked about once before saving", async () => {
  const similar = () => ({ people: [alike(90)] });
  const { host } = renderApp("/patients/new", { ...registering, similar_patients: similar });
  await user.type(await field("Family name"), "Mejia");
  const here = await screen.findByRole("button", { name: /MEJÍA, Gustavo.*Almost certain.*same names/ });
  expect(here.getAttribute("aria-keyshortcuts")).toBe("Control+1");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("May already be registered. Check the list, or save again.");
  expect(document.activeElement).toBe(here);
  expect(sent(host, "register_patient")).toEqual([]);
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "register_patient")).toHaveLength(1));
});

test("pressed twice, or by two keys, a person is registered once", async () => {
  const answered = later();
  const { host, router } = renderApp("/patients/new", {
    ...registering,
    similar_patients: () => answered.wait.then(() => ({ people: [] })),
  });
  await user.type(await field("Family name"), "Reyes");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await user.keyboard("{Alt>}v{/Alt}");
  answered.answer();
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${KEPT.id}`));
  expect(sent(host, "register_patient")).toHaveLength(1);
});

test("a faint likeness is shown and holds nobody up", async () => {
  const similar = () => ({ people: [alike(55)] });
  const { host } = renderApp("/patients/new", { ...registering, similar_patients: similar });
  await user.type(await field("Family name"), "Mejia");
  await screen.findByRole("button", { name: /Perhaps/ });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "register_patient")).toHaveLength(1));
});

test("the chart of one who is here already opens by key, and the way back finds the typing again", async () => {
  const similar = () => ({ people: [alike(90)] });
  const { handlers } = keeping();
  const { router } = renderApp("/patients/new", { ...registering, ...handlers, similar_patients: similar });
  await user.type(await field("Family name"), "Mejia");
  await screen.findByRole("button", { name: /Almost certain/ });
  await user.keyboard("{Control>}1{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${person().id}`));
  router.history.back();
  expect((await field("Family name")).value).toBe("Mejia");
});

test("a date that cannot be read is not lost on the way: nothing is saved and the keys go to it", async () => {
  const { host } = renderApp("/patients/new", registering);
  await user.type(await field("Family name"), "Reyes");
  await user.type(await field("Birth date"), "31/4/1999");
  await user.click(await field("Family name"));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Birth date")));
  expect(screen.getAllByText("The calendar has no such day.")).toHaveLength(1);
  expect(sent(host, "register_patient")).toEqual([]);
});

test("without any name nothing is saved, and it is said at the field", async () => {
  const { host } = renderApp("/patients/new", registering);
  await field("Family name");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("A family or a given name is needed.");
  expect(sent(host, "register_patient")).toEqual([]);
});

test("a refusal of a field is told at the field, any other in words", async () => {
  const refusals = [new Refused("invalid", { field: "birth_date" }), new Refused("disk_full")];
  renderApp("/patients/new", {
    ...registering,
    register_patient: () => {
      throw refusals.shift();
    },
  });
  await user.type(await field("Family name"), "Reyes");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("This value is not possible.");
  expect((await field("Birth date")).getAttribute("aria-invalid")).toBe("true");
  await user.type(await field("Birth date"), "1999");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("alert");
});

test("saving without opening makes room for the next and says who was registered", async () => {
  renderApp("/patients/new", registering);
  await user.type(await field("Family name"), "Reyes");
  await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await screen.findByText(/^REYES registered \d\d:\d\d$/);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Family name")));
  expect((await field("Family name")).value).toBe("");
});

/** A registration that was left half typed, as the records keep it. */
const leftBefore = (key: string, values: object) => ({
  patient: session().user,
  subject: `register ${key}`,
  text: JSON.stringify({ version: null, before: {}, values }),
  at: Date.UTC(2026, 10, 22, 2, 30),
});
const mejia = leftBefore("k1", { family: "Mejía", given: "Gustavo" });
const goOnFromToday = async () => user.click(await screen.findByRole("button", { name: "Go on" }));

test("half a registration survives leaving the page and a kill, and warns of the same person again", async () => {
  const pad = keeping();
  const handlers = { ...registering, ...pad.handlers, similar_patients: () => ({ people: [alike(90)] }) };
  const { router, unmount } = renderApp("/patients/new?name=Mejia", handlers);
  await user.type(await field("Given names"), "Gustavo");
  await user.click(screen.getByText("Add a phone"));
  await user.type(await field("Phone"), "0917");
  await router.navigate({ to: "/today" });
  await screen.findByText("MEJIA, Gustavo");
  expect((await screen.findByRole("listitem")).textContent).toContain("MEJIA, Gustavo Registration");
  unmount();
  const again = renderApp("/today", handlers);
  await goOnFromToday();
  await screen.findByText(/^Restored: what you typed at/);
  expect([(await field("Family name")).value, (await field("Phone")).value]).toEqual(["Mejia", "0917"]);
  await screen.findByRole("button", { name: /Almost certain/ });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("May already be registered. Check the list, or save again.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(again.router.state.location.pathname).toBe(`/patients/${KEPT.id}`));
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("half a registration stands again after the screen was locked, and is offered to whoever signs in anew", async () => {
  let state: "open" | "screen_locked" | "locked" = "open";
  const here = {
    user: "u1",
    sign_in: "maria",
    name: "Dr Maria Reyes",
    role: "doctor",
    wait: 0,
    off: false,
  } as const;
  const enter = () => {
    state = "open";
    return session();
  };
  const leave = (to: typeof state) => () => {
    state = to;
    return {};
  };
  const pad = keeping();
  renderApp("/patients/new", {
    ...registering,
    ...pad.handlers,
    door: () => door({ state, people: [here], user: state === "locked" ? null : "u1" }),
    lock: leave("screen_locked"),
    sign_out: leave("locked"),
    unlock: enter,
    sign_in: enter,
  });
  await user.type(await field("Family name"), "Reyes");
  await user.keyboard("{Control>}l{/Control}");
  await screen.findByLabelText("Password", { selector: "input" });
  await user.keyboard("quiet tram under nine lemons{Enter}");
  expect((await field("Family name")).value).toBe("Reyes");
  await user.click(await screen.findByRole("button", { name: "Dr Maria Reyes" }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out, switch person" }));
  await screen.findByRole("heading", { level: 1, name: "Who is it?" });
  await user.keyboard("mar{Enter}");
  await screen.findByLabelText("Password", { selector: "input" });
  await user.keyboard("quiet tram under nine lemons{Enter}");
  await goOnFromToday();
  expect((await field("Family name")).value).toBe("Reyes");
});

test("a date that cannot be read yet is kept as it was typed, and is still no date", async () => {
  const pad = keeping();
  const { host, router } = renderApp("/patients/new?name=Mejia", { ...registering, ...pad.handlers });
  await user.type(await field("Birth date"), "31/4/19");
  await router.navigate({ to: "/today" });
  await goOnFromToday();
  expect((await field("Birth date")).value).toBe("31/4/19");
  await screen.findByText("Write the year with four digits.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("birth_date"));
  expect(host.calls.some(({ name }) => name === "register_patient")).toBe(false);
  await user.clear(await field("Birth date"));
  await user.type(await field("Birth date"), "30/4/1999{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${KEPT.id}`));
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("a registration begins anew beside those that were left, and both are kept", async () => {
  const pad = keeping(mejia);
  renderApp("/patients/new", { ...registering, ...pad.handlers });
  const left = await screen.findByRole("list", { name: "Registrations left unfinished" });
  expect(left.textContent).toContain("MEJÍA, Gustavo");
  expect((await field("Family name")).value).toBe("");
  await user.type(await field("Family name"), "Reyes");
  await user.click(screen.getByRole("button", { name: "Go on with it" }));
  await waitFor(async () => expect((await field("Family name")).value).toBe("Mejía"));
  expect((await screen.findByRole("list", { name: "Registrations left unfinished" })).textContent).toContain(
    "REYES",
  );
  expect(pad.rows()).toHaveLength(2);
});

test("only the name that was looked for is no typing to keep", async () => {
  const pad = keeping();
  const { router } = renderApp("/patients/new?name=Mejia", { ...registering, ...pad.handlers });
  await field("Family name");
  await router.navigate({ to: "/today" });
  await screen.findByText("What you leave unfinished is kept and offered here.");
  expect(pad.rows()).toEqual([]);
});

test("who is being registered stands as they are, and is forgotten once the answer comes to who left", async () => {
  const answered = later();
  const pad = keeping();
  const { host, router } = renderApp("/patients/new", {
    ...registering,
    ...pad.handlers,
    register_patient: () => answered.wait.then(() => KEPT),
  });
  await user.type(await field("Family name"), "Reyes");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "register_patient")).toHaveLength(1));
  await user.type(await field("Family name"), "es");
  expect((await field("Family name")).value).toBe("Reyes");
  await router.navigate({ to: "/today" });
  await screen.findByText("REYES");
  answered.answer();
  await waitFor(() => expect(pad.rows()).toEqual([]));
  expect(router.state.location.pathname).toBe("/today");
});
