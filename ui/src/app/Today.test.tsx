import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../host/host";
import { renderApp } from "../testing/render";
import { ADMINISTRATOR, session, status } from "../testing/signed-in";

const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

test("Today tells the site's day and what belongs here when nothing waits", async () => {
  renderApp("/today");
  await heading("Today");
  await screen.findByText("Sun, 22-Nov-2026");
  await screen.findByText("What you leave unfinished is kept and offered here.");
});

test("that nothing was backed up for long is said over every screen, with the way there", async () => {
  renderApp("/today", { status: () => status({ backup: "overdue" }) });
  await screen.findByText(/Entries of more than three days are in no backup/);
  await screen.findByRole("button", { name: "Backups" });
});

test("whoever may let a restored computer in is led there from every screen", async () => {
  const trouble = { code: "restored", reason: null, since: "2026-11-22T09:31:00+08:00", tried: "" };
  const { router } = renderApp("/today", {
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    status: () => status({ attached: true, trouble }),
  });
  await screen.findByText(/^This computer was restored from a backup/);
  await userEvent.click(screen.getByRole("button", { name: "Let it in" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/admin/health"));
});

test("a clinic whose server has everything is not told that it has no place for backups", async () => {
  renderApp("/today", { status: () => status({ attached: true, backup: "no_target" }) });
  await heading("Today");
  await screen.findByText("What you leave unfinished is kept and offered here.");
  expect(screen.queryByText(/Nothing is backed up/)).toBeNull();
});

test("only what the role may do is offered", async () => {
  renderApp("/today", {
    session: () => session({ role: "pharmacist", permissions: ["patient.read", "session.use"] }),
  });
  await screen.findByRole("button", { name: "Find a patient" });
  expect(screen.queryByRole("button", { name: "Register a patient" })).toBeNull();
});

test("typing that was left is offered with whose it is and how it begins", async () => {
  renderApp("/today", {
    scratches: () => ({
      rows: [
        { patient: "p1", subject: "note v1", text: "Cough since  Monday", at: Date.UTC(2026, 10, 22, 2, 30) },
        {
          patient: "p2",
          subject: "allergy.add",
          text: '{"substance":"Latex"}',
          at: Date.UTC(2026, 10, 22, 1, 5),
        },
        {
          patient: "p2",
          subject: "attachment.add",
          text: '{"values":{"files":{"a.pdf":{"title":"Chest X-ray"}}},"before":{"files":{}}}',
          at: Date.UTC(2026, 10, 22, 1, 4),
        },
        { patient: "p2", subject: "vitals", text: '{"pulse":"96"}', at: Date.UTC(2026, 10, 22, 1, 3) },
      ],
    }),
    patient: ({ patient }) => ({
      id: patient,
      version: 1,
      details: patient === "p1" ? { family: "Mejía", given: "Gustavo" } : { family: "Dela Cruz" },
      disputed: [],
    }),
  });
  await screen.findByText("MEJÍA, Gustavo");
  const [note, allergy, files, vitals] = screen.getAllByRole("listitem");
  expect(note?.textContent).toContain("Note");
  expect(note?.textContent).toContain("22-Nov-2026 10:30 · Cough since Monday");
  expect(allergy?.textContent).toContain("DELA CRUZ Allergy");
  expect(allergy?.textContent).toContain("09:05 · Latex");
  expect(files?.textContent).toContain("DELA CRUZ Document");
  expect(files?.textContent).toContain("09:04 · Chest X-ray");
  expect(vitals?.textContent).toContain("A form, partly filled in");
});

test("half a registration and whatever else was left is thrown away where it is offered", async () => {
  const row = { patient: "p9", subject: "register new", text: '{"family":"Cruz"}', at: 0 };
  const { host } = renderApp("/today", { scratches: () => ({ rows: [row] }) });
  await userEvent.click(await screen.findByRole("button", { name: "Discard" }));
  expect(host.calls.find(({ name }) => name === "keep_scratch")?.input).toEqual({
    patient: "p9",
    subject: "register new",
    text: "",
  });
});

test("an administrator's day begins with people and computers, without the waiting room", async () => {
  const permissions = ["patient.read", "user.edit", "session.use"] as const;
  renderApp("/today", { session: () => session({ role: "administrator", permissions: [...permissions] }) });
  const people = await screen.findByRole("button", { name: "People" });
  expect(people.getAttribute("data-variant")).toBe("filled");
  expect(screen.queryByText("Waiting")).toBeNull();
});

test("conflicts to settle stand first and lead to them", async () => {
  renderApp("/today", { status: () => status({ conflicts: 3 }) });
  await screen.findByText("3 conflicts to settle");
  await userEvent.click(screen.getByRole("button", { name: "Settle" }));
  await heading("Conflicts");
});

test("a clock that is behind is told before anything is issued", async () => {
  renderApp("/today", { status: () => status({ clock_behind: true }) });
  await screen.findByText("The clock of this computer is behind. Set it before you issue anything.");
});

test("what cannot be read is told", async () => {
  renderApp("/today", {
    scratches: () => {
      throw new Refused("store_failed");
    },
  });
  expect((await screen.findByRole("alert")).textContent).toContain("could not be read or written");
});
