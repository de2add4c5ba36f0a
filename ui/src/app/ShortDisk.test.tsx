import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { layOut } from "../testing/on-screen";
import { PAPER, PAPERS, PATIENT } from "../testing/papers";
import { PEOPLE, person } from "../testing/people";
import { renderApp } from "../testing/render";
import { status } from "../testing/signed-in";
import { VISITING } from "../testing/visits";

beforeEach(layOut);

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
  await waitFor(() => expect(document.querySelectorAll("main :is(input, textarea)").length).toBe(0));
});
