import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { layOut } from "../testing/on-screen";
import { PAPER, PAPERS, PATIENT } from "../testing/papers";
import { PEOPLE, person } from "../testing/people";
import { renderApp } from "../testing/render";
import { status } from "../testing/signed-in";
import { VISITING } from "../testing/visits";

beforeEach(layOut);
afterEach(() => vi.useRealTimers());

const boxes = () => document.querySelectorAll("main :is(input, textarea)").length;

test.each([
  "/patients/new",
  `/patients/${person().id}/details`,
  `/patients/${person().id}?tab=vitals`,
  `/patients/${PATIENT}/certificates/new`,
  `/certificates/${PAPER}`,
])("with a short disk nobody types what could not be kept: %s", async (address) => {
  renderApp(address, {
    ...PEOPLE,
    ...VISITING,
    ...PAPERS,
    status: () => status({ disk_short: true }),
    patient: () => ({ id: PATIENT, version: 7, details: { family: "Mejía" }, disputed: [] }),
  });
  await screen.findByText("The disk of this computer is full.");
  await waitFor(() => expect(boxes()).toBe(0));
});

test.each([
  ["/patients/new", { disk_short: true }, "The disk of this computer is full."],
  [`/patients/${person().id}?task=problem.add`, { disk_short: true }, "The disk of this computer is full."],
  ["/patients/new", { missing: 2 }, "Entries that were written on this computer are missing here."],
  [
    `/patients/${person().id}?task=problem.add`,
    { missing: 2 },
    "Entries that were written on this computer are missing here.",
  ],
])("a form that is barred comes by itself once it is barred no more: %s, %o", async (address, why, said) => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let now = status(why);
  renderApp(address, { ...PEOPLE, ...VISITING, status: () => now });
  await screen.findByText(said);
  expect(boxes()).toBe(0);
  now = status();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  await waitFor(() => expect(boxes()).toBeGreaterThan(0));
});
