import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import type { Alike } from "../../../generated/Alike";
import { PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";

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
  await user.click(screen.getByLabelText("Take this person away"));
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
  await screen.findByText("May be registered already: look, or save once more.");
  expect(document.activeElement).toBe(here);
  expect(sent(host, "register_patient")).toEqual([]);
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "register_patient")).toHaveLength(1));
});

test("pressed twice, or by two keys, a person is registered once", async () => {
  const answers: (() => void)[] = [];
  const { host, router } = renderApp("/patients/new", {
    ...registering,
    similar_patients: () => new Promise((resolve) => void answers.push(() => resolve({ people: [] }))),
  });
  await user.type(await field("Family name"), "Reyes");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await user.keyboard("{Alt>}v{/Alt}");
  answers.forEach((answer) => answer());
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
  const { router } = renderApp("/patients/new", { ...registering, similar_patients: similar });
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
  await screen.findByText("This cannot be so.");
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
