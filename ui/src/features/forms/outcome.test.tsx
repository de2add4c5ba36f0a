import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Handlers } from "../../host/memory";
import { FORMS } from "../../testing/forms";
import { OUTCOME, outcomeOf } from "../../testing/outcome";
import { PEOPLE, person } from "../../testing/people";
import { renderApp } from "../../testing/render";
import { DOCTOR, session } from "../../testing/signed-in";

const user = userEvent.setup({ delay: null });

async function open(but: Handlers = {}) {
  const { host } = renderApp(`/patients/${person().id}?tab=eye`, {
    ...PEOPLE,
    scratches: () => ({ rows: [] }),
    ...FORMS,
    ...OUTCOME,
    session: () => session({ permissions: DOCTOR }),
    ...but,
  });
  await user.click(await screen.findByRole("tab", { name: "Outcome" }));
  return host;
}
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);

test("the drawing says in words what it shows, and before and after stand below it by eye", async () => {
  await open();
  const drawing = await screen.findByRole("img", { name: /^Pressure over time\. Right eye: 4 readings/ });
  expect(drawing.querySelectorAll("path, polyline, rect, text").length).toBeGreaterThanOrEqual(5);
  const table = screen.getByRole("table", { name: /^Before and after latanoprost/ });
  const [, right, left] = within(table).getAllByRole("row");
  expect(right?.textContent).toContain("3 before, then 1; of these 1 not signed27.020.0−7.0");
  expect(left?.textContent).toContain("no reading after");
  screen.getByText("Right, meanwhile: timolol 5 mg/mL, twice daily");
});

test("what was left out is counted with its reason and told once it is opened", async () => {
  await open();
  const why = await screen.findByText("Left: 6 readings left out, because they are off the chart");
  await user.click(why);
  expect(why.closest("details")?.textContent).toContain("CF");
  screen.getByText("5 more: see the table.");
});

test("another measure, another span and another treatment are asked for", async () => {
  const host = await open();
  await user.selectOptions(await screen.findByLabelText("Measure"), "eye.va.best");
  await user.selectOptions(screen.getByLabelText("Span"), "3");
  await user.selectOptions(screen.getByLabelText("Before and after"), "Phaco + IOL");
  await waitFor(() =>
    expect(sent(host, "outcome").at(-1)).toEqual({
      patient: person().id,
      code: "eye.va.best",
      years: 3,
      about: "Phaco + IOL",
    }),
  );
});

test("all of it is a table too, and goes on paper as it stands", async () => {
  const host = await open({ print_outcome: () => ({ job: "1", copies: 1, printer: "desk" }) });
  await user.click(await screen.findByRole("button", { name: "Table" }));
  const readings = await screen.findByRole("table", { name: "Readings" });
  expect(readings.textContent).toContain("27 mmHg");
  expect(readings.textContent).toContain("not signed yet");
  const treatments = screen.getByRole("table", { name: "Treatments of the eyes" });
  expect(treatments.textContent).toContain("goes on");
  await user.click(screen.getByRole("button", { name: "Print" }));
  await screen.findByText("The outcome went to desk.");
  expect(sent(host, "print_outcome")).toEqual([
    {
      of: { patient: person().id, code: "eye.iop", years: null, about: outcomeOf().about },
      printer: null,
    },
  ]);
});

test("who may export no files is offered no file of it", async () => {
  await open({ session: () => session({ permissions: DOCTOR.filter((may) => may !== "file.export") }) });
  await screen.findByRole("button", { name: "Print" });
  expect(screen.queryByRole("button", { name: "Save as PDF" })).toBeNull();
});

test("where nothing was measured the tab says so, and what is not drawn is counted", async () => {
  await open({ outcome: () => outcomeOf({ code: null, scene: null, lenses: [] }) });
  await screen.findByText(/^Nothing was measured of these eyes yet that/);
});
