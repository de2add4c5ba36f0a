import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderApp } from "../testing/render";
import { ADMINISTRATOR, door, session, status } from "../testing/signed-in";

const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

test("the frame says where, how fresh and who", async () => {
  renderApp("/");
  await heading("Today");
  screen.getByText("Main Campus clinic");
  screen.getByRole("button", { name: "Dr Maria Reyes" });
  await screen.findByText("Only on this computer");
  expect(document.title).toBe("Today · ClinicDesk");
  expect(screen.getByRole("link", { name: "Today" }).getAttribute("aria-current")).toBe("page");
});

test("after a change of screen the keys start at its heading", async () => {
  renderApp("/today", {
    staff: () => ({ people: [], next: null }),
    session: () => session({ permissions: ADMINISTRATOR }),
  });
  await heading("Today");
  await userEvent.click(screen.getByRole("link", { name: "Admin" }));
  const people = await heading("People");
  await waitFor(() => expect(document.activeElement).toBe(people));
});

test("the first tab stop skips to the content", async () => {
  renderApp("/today");
  await heading("Today");
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe("Skip to the content");
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("main"));
});

test("a place is found and gone to by keyboard alone", async () => {
  renderApp("/today");
  await heading("Today");
  await userEvent.keyboard("/");
  await screen.findByRole("combobox");
  await userEvent.keyboard("certif{Enter}");
  await heading("Certificates");
});

test("a place is gone to by its number", async () => {
  renderApp("/today");
  await heading("Today");
  await userEvent.keyboard("{Alt>}4{/Alt}");
  await heading("Certificates");
});

test("the places are those of the role", async () => {
  renderApp("/today");
  await heading("Today");
  expect(screen.queryByRole("link", { name: "Admin" })).toBeNull();
  screen.getByRole("link", { name: "Certificates" });
});

test("an administrator has Admin and no certificates", async () => {
  renderApp("/today", { session: () => session({ permissions: ADMINISTRATOR }) });
  await heading("Today");
  screen.getByRole("link", { name: "Admin" });
  expect(screen.queryByRole("link", { name: "Certificates" })).toBeNull();
});

test("the colours are chosen from the find box", async () => {
  renderApp("/today");
  await heading("Today");
  await userEvent.keyboard("{Control>}k{/Control}");
  await screen.findByRole("combobox");
  await userEvent.keyboard("dark{Enter}");
  await waitFor(() => expect(document.documentElement.dataset["mantineColorScheme"]).toBe("dark"));
});

test("an address without a screen says so and leads back", async () => {
  renderApp("/nowhere");
  await heading("Nothing here");
  await userEvent.click(screen.getByRole("button", { name: "Go to Today" }));
  await heading("Today");
});

test("a backend that does not answer is told in words and asked again", async () => {
  let up = false;
  renderApp("/today", {
    door: () => {
      if (!up) throw new Error("gone");
      return { state: "open", clinic: null, site: null, people: [], user: null, damaged: [] };
    },
  });
  expect((await screen.findByRole("alert")).textContent).toContain("ClinicDesk did not answer.");
  up = true;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await heading("Today");
});

test("the keys that work anywhere are listed at a question mark", async () => {
  renderApp("/today");
  await heading("Today");
  await userEvent.keyboard("?");
  const list = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  expect(list.textContent).toContain("Lock the screenCtrl L");
});

test("the sync light explains itself and leads to the state of the workstation", async () => {
  renderApp("/today");
  await userEvent.click(await screen.findByRole("button", { name: "Only on this computer" }));
  await screen.findByText(/12 entries exist only on this computer/);
  await userEvent.click(await screen.findByRole("button", { name: "Sync and health" }));
  await heading("Sync and health");
});

test("what waits to be settled is counted in the bar and leads to the clashes", async () => {
  renderApp("/today", { status: () => status({ conflicts: 2 }) });
  await screen.findByRole("button", { name: "2 need you" });
  await userEvent.click(screen.getByRole("button", { name: "Inbox, 2 waiting for you" }));
  await heading("Conflicts");
});

test("the language is changed from the menu and reaches every word of the frame", async () => {
  renderApp("/today");
  await userEvent.click(await screen.findByRole("button", { name: "Dr Maria Reyes" }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name: "Ëñglîsh (pseudo)" }));
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toMatch(/^\[/));
  expect(localStorage.getItem("clinicdesk.language")).toBe("pseudo");
});

test("the pseudo-locale reaches every word of the frame", async () => {
  renderApp("/today", {}, "pseudo");
  await screen.findByRole("heading", { level: 1 });
  for (const link of screen.getAllByRole("link")) expect(link.textContent).toMatch(/^\[.*\]$/);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toMatch(/^\[/);
});

const deskOf = (user: string) => ({ session: () => session({ user }) });

const look = () => {
  const { style, dataset } = document.documentElement;
  return [style.fontSize, dataset["mantineColorScheme"]];
};

test("the size of text and the colours are of the person who chose them, and the door has those of the last", async () => {
  const today = () => screen.findByRole("heading", { level: 1, name: "Today" });
  const pick = async (name: string) => userEvent.click(await screen.findByRole("menuitemradio", { name }));
  const { host } = renderApp("/today", deskOf("u1"));
  await today();
  await userEvent.click(screen.getByRole("button", { name: /Maria Reyes/ }));
  await pick("Large");
  await pick("Dark colours");
  expect(look()).toEqual(["130%", "dark"]);
  expect(host.calls.some(({ name }) => name === "sign_out")).toBe(false);
  cleanup();
  document.documentElement.style.fontSize = "";
  renderApp("/today", { door: () => door({ state: "locked" }) });
  await screen.findByText("Who is it?");
  expect(look()).toEqual(["130%", "dark"]);
  cleanup();
  renderApp("/today", deskOf("u2"));
  await today();
  await waitFor(() => expect(look()).toEqual(["", "light"]));
  cleanup();
  renderApp("/today", deskOf("u1"));
  await today();
  await waitFor(() => expect(look()).toEqual(["130%", "dark"]));
});
