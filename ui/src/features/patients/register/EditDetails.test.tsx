import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import { PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { keeping } from "../../../testing/scratch";
import { ADMINISTRATOR, DOCTOR, door, session, status } from "../../../testing/signed-in";

const user = userEvent.setup({ delay: null });

const { id } = person();
const details = {
  id,
  version: 7,
  details: {
    family: "Mejía",
    given: "Gustavo",
    birth_date: "1999-07-14",
    contacts: { c1: { system: "phone", value: "0917 555 0101", purpose: "mobile" } },
  },
  disputed: ["birth_date"],
};
const field = (name: RegExp | string) => screen.findByRole<HTMLInputElement>("textbox", { name });

test("only what changed is sent, with the version that was seen, and the chart follows", async () => {
  const { host, router } = renderApp(`/patients/${id}/details`, {
    ...PEOPLE,
    patient: () => details,
    edit_patient: () => ({ id, version: 8, conflict: false }),
  });
  await user.type(await field("Given names"), " Alberto");
  await user.clear(await field("Phone"));
  await user.type(await field("Phone"), "0917 555 0199");
  expect(screen.getByRole("region", { name: "What will change" }).textContent).toContain(
    "Gustavo → Gustavo Alberto",
  );
  // Somebody else's edit becomes known meanwhile: it was not seen in this form.
  host.news("patient");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${id}`));
  expect(host.calls.find(({ name }) => name === "edit_patient")?.input).toEqual({
    patient: id,
    version: 7,
    patch: { given: "Gustavo Alberto", "contacts/c1/value": "0917 555 0199" },
  });
});

test("a disputed field is marked at the field, under the same banner as the chart", async () => {
  renderApp(`/patients/${id}/details`, { ...PEOPLE, patient: () => details });
  await field(/Birth date\s+Disputed/);
  screen.getByRole("heading", { level: 1, name: "MEJÍA, Gustavo (Mr)" });
});

test("a conflict is told in words and the form stays", async () => {
  const { router } = renderApp(`/patients/${id}/details`, {
    ...PEOPLE,
    patient: () => details,
    edit_patient: () => ({ id, version: 9, conflict: true }),
  });
  await user.type(await field("Given names"), " Alberto");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect((await screen.findByRole("alert")).textContent).toContain("both are kept");
  expect(router.state.location.pathname).toBe(`/patients/${id}/details`);
});

/** Details whose given names are half changed, as they were seen at version 5. */
const half = {
  patient: id,
  subject: "details",
  text: JSON.stringify({
    version: 5,
    before: { family: "Mejía", given: "Gustavo" },
    values: { family: "Mejía", given: "Gustavo Al" },
  }),
  at: Date.UTC(2026, 10, 22, 2, 30),
};

test("details left half typed go on from Today, upon the version that was seen, and are forgotten once saved", async () => {
  const pad = keeping(half);
  const { host, router } = renderApp("/today", {
    ...PEOPLE,
    ...pad.handlers,
    patient: () => details,
    edit_patient: () => ({ id, version: 8, conflict: false }),
  });
  await screen.findByText("MEJÍA, Gustavo");
  expect(screen.getByRole("listitem").textContent).toContain("MEJÍA, Gustavo Details");
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  await screen.findByText(/^Restored: what you typed at/);
  await user.type(await field("Given names"), "berto{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${id}`));
  expect(host.calls.find(({ name }) => name === "edit_patient")?.input).toEqual({
    patient: id,
    version: 5,
    patch: { given: "Gustavo Alberto" },
  });
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("a date of the details that cannot be read yet is found again as it was typed", async () => {
  const pad = keeping();
  const at = `/patients/${id}/details`;
  const { router } = renderApp(at, { ...PEOPLE, ...pad.handlers, patient: () => details });
  await user.type(await field("Date of death"), "half of June");
  expect((await screen.findByRole("region", { name: "What will change" })).textContent).toContain(
    "nothing → half of June",
  );
  await user.keyboard("{Escape}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${id}`));
  await router.navigate({ to: "/patients/$patient/details", params: { patient: id } });
  expect((await field("Date of death")).value).toBe("half of June");
  await user.clear(await field("Date of death"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("whose role does not edit people is told so and sees no form", async () => {
  const permissions = DOCTOR.filter((permission) => permission !== "patient.edit");
  renderApp(`/patients/${id}/details`, {
    ...PEOPLE,
    patient: () => details,
    session: () => session({ permissions }),
  });
  await screen.findByRole("alert");
  expect(screen.queryByRole("textbox", { name: "Given names" })).toBeNull();
});

test("an administrator withdraws a registration made by mistake with a reason, and nobody else is offered it", async () => {
  let refused = true;
  const { host, router, unmount } = renderApp(`/patients/${id}/details`, {
    ...PEOPLE,
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    patient: () => details,
    void_patient: () => {
      if (refused) throw new Refused("disk_full");
      return { id, version: 8, conflict: false };
    },
  });
  const sent = () => host.calls.filter(({ name }) => name === "void_patient").map(({ input }) => input);
  await user.click(await screen.findByRole("button", { name: "Registered by mistake…" }));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Say why, for whoever reads it later.");
  expect(sent()).toEqual([]);
  await user.keyboard("Registered twice{Control>}{Enter}{/Control}");
  await screen.findByRole("alert");
  expect((await field("What was wrong")).value).toBe("Registered twice");
  refused = false;
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/patients"));
  expect(sent().at(-1)).toEqual({ patient: id, version: 7, reason: "Registered twice" });
  await screen.findByText("The registration is withdrawn.");
  unmount();
  renderApp(`/patients/${id}/details`, { ...PEOPLE, patient: () => details });
  await field("Given names");
  expect(screen.queryByRole("button", { name: "Registered by mistake…" })).toBeNull();
});

test("whoever goes on with a withdrawal types its reason and nobody's name", async () => {
  const text = "Regist";
  const pad = keeping({ patient: id, subject: "details.withdraw", text, at: Date.now() });
  const { router } = renderApp(`/patients/${id}/details`, {
    ...PEOPLE,
    ...pad.handlers,
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    patient: () => details,
  });
  await field("Given names");
  await router.navigate({ to: "/today" });
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  const reason = await field("What was wrong");
  expect(document.activeElement).toBe(reason);
  expect(reason.value).toBe(text);
});

test("that a registration was withdrawn is told, though the person is gone before that", async () => {
  let gone = false;
  const { router } = renderApp(`/patients/${id}/details?withdraw=true`, {
    ...PEOPLE,
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    patient: () => {
      if (gone) throw new Refused("not_found");
      return details;
    },
    status: async () => {
      if (gone) await new Promise((passed) => setTimeout(passed, 200));
      return status();
    },
    void_patient: () => {
      gone = true;
      return { id, version: 8, conflict: false };
    },
  });
  await user.type(await field("What was wrong"), "Registered twice{Control>}{Enter}{/Control}");
  await screen.findByText("The registration is withdrawn.");
  expect(router.state.location.pathname).toBe("/patients");
});

test("half changed details are told in the chart, by the fields that change, and lead back to them", async () => {
  const pad = keeping(half);
  const { router } = renderApp(`/patients/${id}`, { ...PEOPLE, ...pad.handlers, patient: () => details });
  const alerts = await screen.findByRole("region", { name: "Alerts" });
  await within(alerts).findByText("Unfinished: Details");
  expect(alerts.textContent).toContain("Given names · typed ");
  await user.click(within(alerts).getByRole("button", { name: "Continue" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${id}/details`));
  expect((await field("Given names")).value).toBe("Gustavo Al");
});

test("the reason for a withdrawal survives a lock, and is told on Today", async () => {
  let state: "open" | "screen_locked" = "open";
  const here = {
    user: "u1",
    sign_in: "maria",
    name: "Dr Maria Reyes",
    role: "administrator",
    wait: 0,
    off: false,
  } as const;
  const enter = () => {
    state = "open";
    return session({ role: "administrator", permissions: ADMINISTRATOR });
  };
  const pad = keeping();
  const { router } = renderApp(`/patients/${id}/details`, {
    ...PEOPLE,
    ...pad.handlers,
    patient: () => details,
    session: enter,
    door: () => door({ state, people: [here], user: "u1" }),
    lock: () => {
      state = "screen_locked";
      return {};
    },
    unlock: enter,
    void_patient: () => ({ id, version: 8, conflict: false }),
  });
  await user.click(await screen.findByRole("button", { name: "Registered by mistake…" }));
  await user.type(await field("What was wrong"), "Registered twice{Control>}l{/Control}");
  await screen.findByLabelText("Password", { selector: "input" });
  await user.keyboard("quiet tram under nine lemons{Enter}");
  expect((await field("What was wrong")).value).toBe("Registered twice");
  await router.navigate({ to: "/today" });
  await screen.findByText("Registered twice");
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  expect((await field("What was wrong")).value).toBe("Registered twice");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/patients"));
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("what was half changed of somebody whose registration is withdrawn can be thrown away", async () => {
  const pad = keeping(half);
  const { router } = renderApp(`/patients/${id}/details`, {
    ...PEOPLE,
    ...pad.handlers,
    patient: () => {
      throw new Refused("not_found");
    },
  });
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/patients"));
  expect(pad.rows()).toEqual([]);
});
