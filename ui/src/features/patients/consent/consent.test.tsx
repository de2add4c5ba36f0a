import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Handlers } from "../../../host/memory";
import { banner, PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";

const user = userEvent.setup({ delay: null });
const KEPT = { id: "c9", version: 2, conflict: false };
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const save = () => user.keyboard("{Control>}{Enter}{/Control}");

test("what lacks is told in the banner, and a guardian's consent names the guardian", async () => {
  const handlers: Handlers = {
    ...PEOPLE,
    banner: () => banner({ lacks: ["minors", "privacy"], unasked: ["privacy"] }),
    record_consent: () => KEPT,
  };
  const { host } = renderApp(`/patients/${person().id}`, handlers);
  await screen.findByText("Guardian’s consent: not given");
  screen.getByText("Privacy notice: not asked yet");
  await user.click(screen.getByRole("button", { name: "Record a consent" }));
  await user.type(await screen.findByLabelText(/^Version of the text/), "2026-01");
  await save();
  expect(await screen.findAllByText("Fill this in before saving.")).toHaveLength(1);
  await user.type(screen.getByLabelText(/^Name of the guardian/), "Rosa Mejía");
  await save();
  await waitFor(() =>
    expect(sent(host, "record_consent")).toEqual([
      {
        patient: person().id,
        details: { sort: "minors", text: "2026-01", answer: "given", by: "guardian", guardian: "Rosa Mejía" },
      },
    ]),
  );
});

test("of who is under age the guardian's name goes with the notice", async () => {
  const { host } = renderApp("/patients/new", { ...PEOPLE, register_patient: () => KEPT });
  await user.type(await screen.findByLabelText(/^Family name/), "Salonga");
  await user.type(screen.getByLabelText(/^Birth date/), "1/3/2019");
  await user.type(screen.getByLabelText(/^Privacy notice, version/), "2026-01");
  await user.type(await screen.findByLabelText(/^Name of the guardian/), "Rosa Salonga");
  await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await waitFor(() =>
    expect(sent(host, "register_patient")).toEqual([
      {
        details: { family: "Salonga", birth_date: "2019-03-01" },
        notice: "2026-01",
        guardian: "Rosa Salonga",
      },
    ]),
  );
});

test("a notice of who is under age is not dropped for want of the guardian's name: it is asked for", async () => {
  const { host } = renderApp("/patients/new", { ...PEOPLE, register_patient: () => KEPT });
  await user.type(await screen.findByLabelText(/^Family name/), "Salonga");
  await user.type(screen.getByLabelText(/^Birth date/), "1/3/2019");
  await user.type(screen.getByLabelText(/^Privacy notice, version/), "2026-01");
  const guardian = await screen.findByLabelText(/^Name of the guardian/);
  await save();
  await screen.findByText("Fill this in before saving.");
  expect(document.activeElement).toBe(guardian);
  expect(sent(host, "register_patient")).toEqual([]);
});

test("a notice that is handed over at registration goes with it, and none is claimed where none is", async () => {
  const { host } = renderApp("/patients/new", { ...PEOPLE, register_patient: () => KEPT });
  await user.type(await screen.findByLabelText(/^Family name/), "Salonga");
  await user.type(screen.getByLabelText(/^Privacy notice, version/), "2026-01");
  await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await waitFor(() =>
    expect(sent(host, "register_patient")).toEqual([{ details: { family: "Salonga" }, notice: "2026-01" }]),
  );
});
