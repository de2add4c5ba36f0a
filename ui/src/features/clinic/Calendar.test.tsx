import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, session } from "../../testing/signed-in";
import { Calendar } from "./Calendar";

const TERMS = { t1: { name: "1st semester", from: "2026-08-10", until: "2026-12-18" } };
const draw = (but: Handlers = {}, permissions = ADMINISTRATOR) =>
  renderPart(<Calendar />, {
    session: () => session({ role: "administrator", permissions }),
    calendar: () => ({ version: 3, details: { terms: TERMS } }),
    edit_calendar: () => ({ id: "c1", version: 4, conflict: false }),
    ...but,
  });
const sent = (host: ReturnType<typeof draw>["host"]) =>
  host.calls.filter(({ name }) => name === "edit_calendar").map(({ input }) => input);

test("a holiday is added by name and day, and the calendar is saved whole with the version that was seen", async () => {
  const { host } = draw();
  await userEvent.click(await screen.findByRole("button", { name: "Add a holiday" }));
  await userEvent.click(screen.getByRole("button", { name: /^Save the calendar/ }));
  await screen.findByText("Give it a name.");
  expect(sent(host)).toEqual([]);
  const holiday = within(screen.getByRole("group", { name: "New" }));
  await userEvent.type(holiday.getByRole("textbox", { name: /^First day/ }), "30/12/2026");
  await userEvent.type(holiday.getByRole("textbox", { name: "Name" }), "Rizal Day");
  await userEvent.click(screen.getByRole("button", { name: /^Save the calendar/ }));
  await waitFor(() => expect(sent(host)).toHaveLength(1));
  const [{ version, details }] = sent(host) as [
    { version: number; details: { holidays: object; terms: object } },
  ];
  expect([version, details.terms, Object.values(details.holidays)]).toEqual([
    3,
    TERMS,
    [{ name: "Rizal Day", from: "2026-12-30", until: "2026-12-30" }],
  ]);
});

test("days in the wrong order are told, and what is removed is saved no more", async () => {
  const { host } = draw({
    calendar: () => ({ version: 3, details: { terms: { t1: { ...TERMS.t1, until: "2026-08-01" } } } }),
  });
  await userEvent.click(await screen.findByRole("button", { name: /^Save the calendar/ }));
  await screen.findByText("The last day is before the first.");
  await userEvent.click(screen.getByRole("button", { name: "Remove" }));
  await userEvent.click(screen.getByRole("button", { name: /^Save the calendar/ }));
  await waitFor(() => expect(sent(host)).toEqual([{ version: 3, details: {} }]));
});

test("who may not change it reads it", async () => {
  draw({}, ["user.read", "session.use"]);
  await screen.findByDisplayValue("1st semester");
  expect(screen.queryByRole("button", { name: /Save|Add|Remove/ })).toBeNull();
});
