import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Handlers } from "../../../host/memory";
import type { Permission } from "../../../generated/Permission";
import { PAPERS } from "../../../testing/papers";
import { banner, PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { session } from "../../../testing/signed-in";
import { present, queueRow, VISIT, VISITING } from "../../../testing/visits";

const { id } = person();
const DESK: Permission[] = [
  "patient.read",
  "patient.edit",
  "visit.edit",
  "certificate.draft",
  "certificate.print",
  "session.use",
];
const details = {
  family: "Mejía",
  given: "Gustavo",
  contacts: { a: { system: "phone", value: "+63 917 555 0101", purpose: "mobile" } },
  relations: { b: { name: "Rosa Mejía", relation: "mother", phone: "+63 917 555 0100" } },
  addresses: { c: { line: "12 Mabini", city: "Calamba", purpose: "present" } },
};
const open = (handlers: Handlers = {}, permissions = DESK) =>
  renderApp(`/patients/${id}`, {
    ...PEOPLE,
    ...VISITING,
    ...PAPERS,
    session: () => session({ role: "front_desk", permissions }),
    patient: () => ({ id, version: 7, details, disputed: ["contacts/a/value"] }),
    ...handlers,
  });
const card = (name: string) => screen.findByRole("region", { name });

test("the desk sees alerts, the visit with the reason that was typed, how to reach somebody, and their certificates", async () => {
  open({
    banner: () =>
      banner({
        allergies: { state: "unavailable" },
        alerts: [{ text: "Hits when frightened", act: null }],
        visit: present({ status: "arrived" }),
      }),
    queue: () => ({
      rows: [queueRow(VISIT, { concern: "Sore throat", since: "10:12" })],
      room: "Room 1",
      room_said: true,
    }),
  });
  await screen.findByText("Sore throat");
  await screen.findByText("Hits when frightened");
  expect((await card("Visit now")).textContent).toContain("Reason for comingSore throat");
  const reach = await card("How to reach them");
  const mobile = within(reach).getByText("+63 917 555 0101").closest("div");
  expect(mobile?.textContent).toBe("Mobile+63 917 555 0101 Disputed");
  expect((await card("Emergency contacts and guardians")).textContent).toContain("Rosa Mejía");
  expect((await card("Addresses")).textContent).toContain("12 Mabini, Calamba");
  await within(await card("Certificates")).findByRole("button", { name: "New certificate" });
});

test("where nobody is in a visit the desk starts one by the filled act", async () => {
  open({
    banner: () => banner({ visit: null }),
    queue: () => ({ rows: [], room: "Room 1", room_said: true }),
  });
  expect((await card("Visit now")).textContent).toContain("Start one above");
  const start = await screen.findByRole("button", { name: "Start visit" });
  expect(start.getAttribute("data-variant")).toBe("filled");
});

test("who neither starts visits nor prints is offered neither", async () => {
  open({ queue: () => ({ rows: [], room: "Room 1", room_said: true }), banner: () => banner() }, [
    "patient.read",
    "session.use",
  ]);
  expect((await card("Visit now")).textContent).not.toContain("Start one");
  expect(screen.queryByRole("region", { name: "Documents" })).toBeNull();
});
