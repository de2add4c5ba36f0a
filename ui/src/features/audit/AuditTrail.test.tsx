import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { TrailRow } from "../../generated/TrailRow";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, session } from "../../testing/signed-in";
import { AuditTrail } from "./AuditTrail";

const row = (seq: number, but: Partial<TrailRow> = {}): TrailRow => ({
  seq,
  wall: "2026-11-22T08:10:00+08:00",
  user: "Maria Reyes",
  role: "doctor",
  action: "chart",
  object: null,
  patient: null,
  name: null,
  outcome: "done",
  reason: null,
  times: null,
  ...but,
});

function draw(but: Handlers = {}) {
  return renderPart(<AuditTrail />, {
    session: () => session({ permissions: ADMINISTRATOR }),
    staff: () => ({ people: [], next: null }),
    audit_trail: () => ({ rows: [row(2), row(1)], next: null }),
    ...but,
  });
}

const asked = (host: { calls: { name: string; input: unknown }[] }) =>
  host.calls.filter((call) => call.name === "audit_trail").map((call) => call.input);

test("an entry tells when, who in which role, what and how it ended", async () => {
  draw({
    audit_trail: () => ({
      rows: [row(3, { action: "void_patient", outcome: "not_permitted", reason: "registered twice" })],
      next: null,
    }),
  });
  screen.getByText(/^At this computer only/);
  const entry = await screen.findByRole("row", { name: /08:10.*Withdrew a patient/ });
  expect(entry.textContent).toBe(
    "22-Nov-2026 08:10Maria ReyesDoctorWithdrew a patientregistered twiceRefusedYour role does not permit this.",
  );
});

test("an entry without a known person says so", async () => {
  draw({
    audit_trail: () => ({ rows: [row(1, { user: null, role: null, action: "sign_in" })], next: null }),
  });
  expect((await screen.findByRole("row", { name: /Signed in/ })).textContent).toContain("Nobody known");
});

test("older entries come a page at a time, and one key leads back to the latest", async () => {
  const { host } = draw({
    audit_trail: ({ before }) =>
      before === null ? { rows: [row(9)], next: 9 } : { rows: [row(8)], next: null },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Older entries" }));
  await userEvent.click(await screen.findByRole("button", { name: "Latest entries" }));
  await screen.findByRole("button", { name: "Older entries" });
  expect(asked(host)).toMatchObject([{ before: null }, { before: 9 }, { before: null }]);
});

test("one patient's entries are asked for from an entry about them", async () => {
  const { host } = draw({
    audit_trail: () => ({
      rows: [row(1, { patient: "01900000-0000-7000-8000-0000000abcde", name: "Mejía, Gustavo" })],
      next: null,
    }),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Mejía, Gustavo" }));
  await userEvent.click(await screen.findByRole("button", { name: "All entries" }));
  expect(
    asked(host).map((input) => (input as { patient: string | null }).patient?.slice(-6) ?? null),
  ).toEqual([null, "0abcde", null]);
});

test("the trail is narrowed by act, days and refusals", async () => {
  const { host } = draw();
  await userEvent.selectOptions(await screen.findByRole("combobox", { name: "What" }), "chart");
  await userEvent.type(screen.getByRole("textbox", { name: /^From/ }), "20/11/2026{Tab}");
  await userEvent.click(screen.getByRole("checkbox", { name: "Only refused" }));
  await screen.findAllByRole("row", { name: /08:10/ });
  expect(asked(host).at(-1)).toEqual({
    user: null,
    patient: null,
    before: null,
    action: "chart",
    from: "2026-11-20",
    refused: true,
  });
});

test("what was searched for is exported for a reason, and never without", async () => {
  const { host } = draw({ export_trail: () => ({ name: "trail.csv", entries: 2 }) });
  await userEvent.click(await screen.findByRole("button", { name: "Export as a table…" }));
  await userEvent.click(await screen.findByRole("button", { name: "Choose a place" }));
  await screen.findByText("Say why, for whoever reads it later.");
  await userEvent.type(screen.getByRole("textbox", { name: /^Why it is exported/ }), "asked by the director");
  await userEvent.click(screen.getByRole("button", { name: "Choose a place" }));
  await screen.findByText("2 entries are in trail.csv.");
  expect(host.calls.find(({ name }) => name === "export_trail")?.input).toEqual({
    search: { user: null, patient: null, before: null },
    reason: "asked by the director",
    place: "a place",
  });
});

test("a whole trail is said to be whole, with what was checked", async () => {
  draw({ verify_audit: () => ({ whole: true, entries: 214, heads: 12, fault: null }) });
  await userEvent.click(await screen.findByRole("button", { name: "Check the trail" }));
  await screen.findByText("The trail is whole. Entries checked: 214; signed heads: 12.");
});

test("a broken trail is said to be broken, with the first fault and what to do", async () => {
  draw({ verify_audit: () => ({ whole: false, entries: 0, heads: 0, fault: "entry 7 was changed" }) });
  await userEvent.click(await screen.findByRole("button", { name: "Check the trail" }));
  await screen.findByText(/^The trail is not as it was written: entry 7 was changed Tell your clinic/);
});

test("a refusal of the trail or of its check is told", async () => {
  const refuse = () => {
    throw new Refused("not_permitted");
  };
  draw({ audit_trail: refuse, verify_audit: refuse });
  expect((await screen.findByRole("alert")).textContent).toContain("Your role does not permit this.");
  await userEvent.click(screen.getByRole("button", { name: "Check the trail" }));
  expect(await screen.findAllByRole("alert")).toHaveLength(2);
});
