import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { session, status } from "../../testing/signed-in";
import { Health } from "./Health";

function draw(but: Handlers = {}) {
  return renderPart(<Health />, { session: () => session(), status: () => status(), ...but });
}

const fact = async (name: string) => (await screen.findByText(name)).nextElementSibling?.textContent;

test("a workstation without a server says that its records are here alone", async () => {
  draw();
  expect(await fact("Server")).toBe("None yet: this clinic works on this computer alone");
  expect(await fact("Only on this computer")).toBe("12");
  expect(await fact("Key of this computer")).toBe(
    "In a file: this computer offers no keychain to ClinicDesk",
  );
});

test("a clock that is behind and a sheet that is not confirmed ask for somebody", async () => {
  draw({ status: () => status({ clock_behind: true, sheet_confirmed: false }) });
  expect(await fact("Clock")).toBe(
    "10:42, behind what was already written down: set the clock of this computer",
  );
  expect(await fact("Recovery sheet")).toBe("Not confirmed yet");
});

test("tables that are what the log says are said to be so", async () => {
  const { host } = draw({ rebuild: () => ({ records: 214, differing: [] }) });
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  await screen.findByText("214 records were made again from the log. Every table is what the log says.");
  expect(host.calls).toContainEqual({ window: "main", name: "rebuild", input: { check: true } });
});

test("tables that differ are named and made again on asking", async () => {
  const { host } = draw({ rebuild: () => ({ records: 214, differing: ["patients", "search"] }) });
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  await screen.findByText(
    "These tables are not what the log says: patients, search. They can be made again from it.",
  );
  await userEvent.click(screen.getByRole("button", { name: "Make them again" }));
  await screen.findByText("The tables were made again from the log: 214 records.");
  expect(host.calls).toContainEqual({ window: "main", name: "rebuild", input: { check: false } });
});

test.each([
  ["disk_full", "The disk of this computer is full."],
  ["store_damaged", "A file of the records on this computer is damaged."],
  ["store_failed", "The records on this computer could not be read or written."],
])("a check refused as %s says so", async (code, sentence) => {
  draw({
    rebuild: () => {
      throw new Refused(code);
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  expect((await screen.findByRole("alert")).textContent).toContain(sentence);
});
