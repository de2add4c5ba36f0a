import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { StaffRow } from "../../generated/StaffRow";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, session, status } from "../../testing/signed-in";
import { Staff } from "./Staff";

const row = (but: Partial<StaffRow>): StaffRow => ({
  id: "u2",
  version: 4,
  sign_in: "ben",
  name: "Ben Cruz",
  title: null,
  qualification: "RN",
  position: null,
  role: "nurse",
  licence: "PRC 99182",
  licence_until: "2027-12-31",
  active: true,
  valid_until: null,
  switched_off: false,
  ...but,
});
const ME = row({
  id: "u1",
  sign_in: "maria",
  name: "Maria Reyes",
  role: "administrator",
  licence: null,
  licence_until: null,
});

function draw(but: Handlers = {}, people: StaffRow[] = [ME, row({})], permissions = ADMINISTRATOR) {
  return renderPart(<Staff />, {
    session: () => session({ user: "u1", role: "administrator", permissions }),
    status: () => status(),
    staff: () => ({ people, next: null }),
    ...but,
  });
}

const open = async (name: RegExp) => userEvent.click(await screen.findByRole("row", { name }));
const pane = () => screen.getByRole("region");
const sent = (host: { calls: { name: string; input: unknown }[] }, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);

test("the list tells role, licence and state, and what of it is over", async () => {
  draw({}, [row({ licence_until: "2020" }), row({ id: "u3", name: "Lina", active: false, role: null })]);
  const ben = await screen.findByRole("row", { name: /Ben Cruz/ });
  expect(ben.textContent).toContain("until 2020 Licence over");
  expect(screen.getByRole("row", { name: /Lina/ }).textContent).toContain("Role in dispute");
  expect(screen.getByRole("row", { name: /Lina/ }).textContent).toContain("Ended");
});

test("a misspelt name is corrected, and a first password is suggested", async () => {
  const { host } = draw({ edit_user: () => ({ user: "u2", version: 5 }) });
  await open(/Ben Cruz/);
  const name = screen.getByRole("textbox", { name: /^Full name/ });
  await userEvent.clear(name);
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(sent(host, "edit_user")).toEqual([]);
  await userEvent.type(name, "Benn Cruz");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "edit_user")).toEqual([{ user: "u2", version: 4, patch: { name: "Benn Cruz" } }]),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Add a person" }));
  await userEvent.click(screen.getByRole("button", { name: "Suggest a first password" }));
  const suggested = screen.getByText(/^Tell them:/).querySelector("code")?.textContent ?? "";
  expect(screen.getByLabelText<HTMLInputElement>(/^First password/).value).toBe(suggested);
});

test("whoever may not change people reads the list and nothing opens", async () => {
  draw({}, [ME], ["user.read"]);
  await open(/Maria Reyes/);
  expect(screen.queryByRole("region")).toBeNull();
  expect(screen.queryByRole("button", { name: "Add a person" })).toBeNull();
});

test("a person is added with role, licence and a first password", async () => {
  const { host } = draw({ add_user: () => ({ user: "u9", version: 1 }) });
  await userEvent.click(await screen.findByRole("button", { name: "Add a person" }));
  const form = within(pane());
  await userEvent.type(form.getByLabelText(/^Full name/), "Ana Villanueva");
  await userEvent.type(form.getByLabelText(/^Sign-in name/), "ana");
  expect(form.queryByLabelText("Licence number")).toBeNull();
  await userEvent.selectOptions(form.getByLabelText(/^Role/), "doctor");
  form.getByText("Charts, visits, notes, medicines; approves and revokes certificates.");
  await userEvent.type(form.getByLabelText("Licence number"), "0123456");
  await userEvent.type(form.getByLabelText("Valid until"), "31/12/2030");
  await userEvent.type(
    form.getByLabelText(/^First password/, { selector: "input" }),
    "seven brown lamps at noon",
  );
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Ana Villanueva was added.");
  expect(sent(host, "add_user")).toEqual([
    {
      name: "Ana Villanueva",
      sign_in: "ana",
      title: null,
      qualification: null,
      position: null,
      role: "doctor",
      licence: "0123456",
      licence_until: "2030-12-31",
      password: "seven brown lamps at noon",
    },
  ]);
});

test("what a new person lacks is told at its field and nothing is sent", async () => {
  const { host } = draw();
  await userEvent.click(await screen.findByRole("button", { name: "Add a person" }));
  await userEvent.type(within(pane()).getByLabelText(/^Sign-in name/), "Ben");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(screen.getAllByText("This is needed.")).toHaveLength(2);
  screen.getByText("Somebody has this sign-in name already.");
  screen.getByText("Too short: it takes at least 15 characters.");
  expect(sent(host, "add_user")).toEqual([]);
});

test("a pane that closes gives the keys back to what opened it", async () => {
  draw();
  await open(/Ben Cruz/);
  within(pane()).getByLabelText("Position").focus();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/Ben Cruz/));
  await userEvent.click(screen.getByRole("button", { name: "Add a person" }));
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Add a person"));
});

test("a change sends only what differs, with the version that was seen", async () => {
  const { host } = draw({ edit_user: () => ({ user: "u2", version: 5 }) });
  await open(/Ben Cruz/);
  await userEvent.type(within(pane()).getByLabelText("Position"), "Head nurse");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Ben Cruz was saved.");
  expect(sent(host, "edit_user")).toEqual([{ user: "u2", version: 4, patch: { position: "Head nurse" } }]);
});

test("a licence is renewed by its last day alone", async () => {
  const { host } = draw({ edit_user: () => ({ user: "u2", version: 5 }) });
  await open(/Ben Cruz/);
  const until = within(pane()).getByLabelText("Valid until");
  await userEvent.clear(until);
  await userEvent.type(until, "31/12/2030");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Ben Cruz was saved.");
  expect(sent(host, "edit_user")).toMatchObject([{ patch: { licence_until: "2030-12-31" } }]);
});

test("a day that cannot be read is told at its field and nothing is sent", async () => {
  const { host } = draw({ edit_user: () => ({ user: "u2", version: 5 }) });
  await open(/Ben Cruz/);
  await userEvent.type(within(pane()).getByLabelText("Account until"), "31/12/26");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  const until = within(pane()).getByLabelText("Account until");
  await waitFor(() => expect(until.getAttribute("aria-invalid")).toBe("true"));
  expect(document.activeElement).toBe(until);
  expect(sent(host, "edit_user")).toEqual([]);
  await userEvent.clear(until);
  await userEvent.type(until, "31/12/2026");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Ben Cruz was saved.");
  expect(sent(host, "edit_user")).toMatchObject([{ patch: { valid_until: "2026-12-31" } }]);
});

test("a licence whose last day cannot be read is not added without one", async () => {
  const { host } = draw({ add_user: () => ({ user: "u9", version: 1 }) });
  await userEvent.click(await screen.findByRole("button", { name: "Add a person" }));
  const form = within(pane());
  await userEvent.type(form.getByLabelText(/^Full name/), "Ana Villanueva");
  await userEvent.type(form.getByLabelText(/^Sign-in name/), "ana");
  await userEvent.selectOptions(form.getByLabelText(/^Role/), "doctor");
  await userEvent.type(
    form.getByLabelText(/^First password/, { selector: "input" }),
    "seven brown lamps at noon",
  );
  await userEvent.type(form.getByLabelText("Licence number"), "0123456");
  await userEvent.type(form.getByLabelText("Valid until"), "31/12/26");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(form.getByLabelText("Valid until").getAttribute("aria-invalid")).toBe("true"));
  expect(sent(host, "add_user")).toEqual([]);
});

test("an end and a licence that are emptied are cleared, the licence with its last day", async () => {
  const { host } = draw({ edit_user: () => ({ user: "u2", version: 5 }) }, [
    ME,
    row({ valid_until: "2027-01-31" }),
  ]);
  await open(/Ben Cruz/);
  const form = within(pane());
  for (const label of ["Account until", "Licence number", "Valid until"]) {
    await userEvent.clear(form.getByLabelText(label));
  }
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Ben Cruz was saved.");
  expect(sent(host, "edit_user")).toEqual([
    { user: "u2", version: 4, patch: { licence: null, valid_until: null } },
  ]);
});

test("ending somebody's work asks first and says what stays", async () => {
  const { host } = draw({ deactivate_user: () => ({ user: "u2", version: 5 }) });
  await open(/Ben Cruz/);
  await userEvent.click(screen.getByRole("button", { name: "Close the account" }));
  const dialog = await screen.findByRole("dialog", { name: "End the work of Ben Cruz here?" });
  expect(dialog.textContent).toContain("What they wrote stays");
  expect(sent(host, "deactivate_user")).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "End it" }));
  await screen.findByText("The work of Ben Cruz here has ended.");
  expect(sent(host, "deactivate_user")).toEqual([{ user: "u2", version: 4 }]);
});

test("nobody is offered to end their own work", async () => {
  draw();
  await open(/Maria Reyes/);
  screen.getByText("Nobody ends their own work: there would be nobody left to undo it.");
  expect(screen.queryByRole("button", { name: "Close the account" })).toBeNull();
});

test.each([
  ["invalid", { field: "sign_in" }, "Somebody has this sign-in name already."],
  ["weak_password", { fault: "guessable" }, /^Too easy to guess: a common phrase/],
  ["not_permitted", {}, "Your role does not permit this."],
  ["rules", { fault: "not_certified" }, "The rules of the record do not allow this (not_certified)."],
])("an addition refused as %s says so and keeps what was typed", async (code, fields, sentence) => {
  const refuse = () => {
    throw new Refused(code, fields as Record<string, string>);
  };
  draw({ add_user: refuse });
  await userEvent.click(await screen.findByRole("button", { name: "Add a person" }));
  const form = within(pane());
  await userEvent.type(form.getByLabelText(/^Full name/), "Ana");
  await userEvent.type(form.getByLabelText(/^Sign-in name/), "ana");
  await userEvent.selectOptions(form.getByLabelText(/^Role/), "auditor");
  await userEvent.type(
    form.getByLabelText(/^First password/, { selector: "input" }),
    "seven brown lamps at noon",
  );
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText(sentence);
  expect((form.getByLabelText(/^Full name/) as HTMLInputElement).value).toBe("Ana");
});

test("an end of work that is refused says so", async () => {
  draw({
    deactivate_user: () => {
      throw new Refused("not_permitted");
    },
  });
  await open(/Ben Cruz/);
  await userEvent.click(screen.getByRole("button", { name: "Close the account" }));
  await userEvent.click(await screen.findByRole("button", { name: "End it" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Your role does not permit this.");
});

test("a sign-in that is switched off here is shown and released after asking", async () => {
  const { host } = draw({ release_sign_in: () => ({}) }, [ME, row({ switched_off: true })]);
  expect((await screen.findByRole("row", { name: /Ben Cruz/ })).textContent).toContain("Sign-in off here");
  await open(/Ben Cruz/);
  screen.getByText(/switched off at this computer after fifty wrong passwords/);
  await userEvent.click(screen.getByRole("button", { name: "Release the sign-in" }));
  const dialog = await screen.findByRole("dialog", { name: "Release the sign-in of Ben Cruz?" });
  expect(dialog.textContent).toContain("somebody may have been guessing");
  expect(sent(host, "release_sign_in")).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Release it" }));
  await screen.findByText("Ben Cruz can sign in at this computer again.");
  expect(sent(host, "release_sign_in")).toEqual([{ user: "u2" }]);
});

test("nobody is offered to release a sign-in that works, or their own", async () => {
  draw({}, [{ ...ME, switched_off: true }, row({})]);
  await open(/Ben Cruz/);
  expect(screen.queryByRole("button", { name: "Release the sign-in" })).toBeNull();
  await open(/Maria Reyes/);
  await screen.findByText(/Another administrator can release it/);
  expect(screen.queryByRole("button", { name: "Release the sign-in" })).toBeNull();
});

test("a release that is refused says so", async () => {
  const refuse = () => {
    throw new Refused("not_switched_off");
  };
  draw({ release_sign_in: refuse }, [ME, row({ switched_off: true })]);
  await open(/Ben Cruz/);
  await userEvent.click(screen.getByRole("button", { name: "Release the sign-in" }));
  await userEvent.click(await screen.findByRole("button", { name: "Release it" }));
  expect((await screen.findByRole("alert")).textContent).toContain("This sign-in is not switched off here.");
});
