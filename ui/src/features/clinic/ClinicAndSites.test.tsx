import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { ClinicView } from "../../generated/ClinicView";
import type { SettingRow } from "../../generated/SettingRow";
import type { CommandName } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, session } from "../../testing/signed-in";
import { ClinicAndSites } from "./ClinicAndSites";

const VIEW: ClinicView = {
  id: "c1",
  version: 3,
  name: "University Clinic",
  services: "",
  address: "P. del Rosario St.",
  contact: "",
  disputed: [],
  sites: [
    { id: "s1", version: 5, name: "Main Campus", code: "MAIN", time_zone: "UTC", here: true, disputed: [] },
  ],
};

const ROOM: SettingRow = {
  name: "files.room",
  value: 60,
  default: 20,
  least: 1,
  most: 10_000,
  chosen: [
    { level: "workstation", value: "60", version: 4 },
    { level: "clinic", value: "40", version: 2 },
  ],
};

const draw = (but: Handlers = {}, permissions = ADMINISTRATOR) =>
  renderPart(<ClinicAndSites />, {
    session: () => session({ role: "administrator", permissions }),
    clinic_and_sites: () => VIEW,
    edit_clinic: () => ({ id: "c1", version: 9, conflict: false }),
    edit_site: () => ({ id: "s1", version: 9, conflict: false }),
    settings: () => ({ rows: [ROOM] }),
    ...but,
  });
const sent = ({ calls }: ReturnType<typeof draw>["host"], command: CommandName) =>
  calls.filter(({ name }) => name === command).map(({ input }) => input);
const card = async (name: string) =>
  within((await screen.findByRole("heading", { name })).closest("section") ?? document.body);

test("what changed of the clinic is saved on what was seen, and goes on from what was written", async () => {
  const { host } = draw();
  const clinic = await card("Clinic");
  const save = await clinic.findByRole("button", { name: /^Save/ });
  await userEvent.click(save);
  expect(sent(host, "edit_clinic")).toEqual([]);
  await userEvent.type(clinic.getByRole("textbox", { name: "Telephone, e-mail" }), "clinic@example.edu");
  await userEvent.clear(clinic.getByRole("textbox", { name: "Address" }));
  await userEvent.click(save);
  await waitFor(() => expect(sent(host, "edit_clinic")).toHaveLength(1));
  await userEvent.type(clinic.getByRole("textbox", { name: /^Line below/ }), "Dental Services");
  await userEvent.click(save);
  await waitFor(() => expect(sent(host, "edit_clinic")).toHaveLength(2));
  expect(sent(host, "edit_clinic")).toEqual([
    { id: "c1", version: 3, patch: { address: null, contact: "clinic@example.edu" } },
    { id: "c1", version: 9, patch: { services: "Dental Services" } },
  ]);
});

test("a site gets another time zone, and never loses its name", async () => {
  const { host } = draw();
  const site = await card("Site MAIN, where this computer is");
  const name = await site.findByRole("textbox", { name: /^Name of the site/ });
  await userEvent.clear(name);
  await userEvent.click(site.getByRole("button", { name: "Save the site" }));
  await site.findByText("This is needed.");
  expect(sent(host, "edit_site")).toEqual([]);
  await userEvent.type(name, "Main Campus");
  const zone = site.getByRole("combobox", { name: /^Time zone/ });
  await userEvent.clear(zone);
  await userEvent.type(zone, "Asia/Manila");
  await userEvent.tab();
  await userEvent.click(site.getByRole("button", { name: "Save the site" }));
  await waitFor(() =>
    expect(sent(host, "edit_site")).toEqual([{ id: "s1", version: 5, patch: { time_zone: "Asia/Manila" } }]),
  );
});

test("a setting is chosen for the clinic within its range, and what is nearer is told", async () => {
  const { host } = draw({ set_setting: () => ({ id: "x", version: 3, conflict: false }) });
  const settings = await card("Settings");
  const room = await settings.findByRole("textbox", { name: /^Gigabytes of documents/ });
  expect((room as HTMLInputElement).value).toBe("40");
  settings.getByText(/At this computer it is 60\./);
  await userEvent.clear(room);
  await settings.findByText("A whole number from 1 to 10000.");
  expect(settings.queryByRole("button", { name: "Save this setting" })).toBeNull();
  await userEvent.type(room, "80");
  await userEvent.click(settings.getByRole("button", { name: "Save this setting" }));
  await waitFor(() =>
    expect(sent(host, "set_setting")).toEqual([
      { name: "files.room", level: "clinic", value: 80, version: 2 },
    ]),
  );
});

test("who may not choose settings sees none", async () => {
  draw({}, ["user.read", "clinic.edit", "session.use"]);
  await screen.findByDisplayValue("University Clinic");
  expect(screen.queryByRole("heading", { name: "Settings" })).toBeNull();
});

test("who may not change it reads it", async () => {
  draw({}, ["user.read", "session.use"]);
  await screen.findByDisplayValue("University Clinic");
  expect(screen.queryByRole("button", { name: /Save/ })).toBeNull();
});
