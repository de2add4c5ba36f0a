import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { DOCTOR, session } from "../../../testing/signed-in";

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
  host.news("chart");
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
