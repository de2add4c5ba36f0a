import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import { banner, charted, claim, PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { keeping, later } from "../../../testing/scratch";

const user = userEvent.setup({ delay: null });

const { id } = person();
const KEPT = { id: "x", version: 4, conflict: false };
const open = (handlers: Handlers = {}, search = "") =>
  renderApp(`/patients/${id}${search}`, { ...PEOPLE, ...handlers });
const pane = (name: string) => screen.findByRole("region", { name });
const press = (name: string | RegExp) => async () =>
  user.click((await screen.findAllByRole("button", { name }))[0] as HTMLElement);
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const save = () => user.keyboard("{Control>}{Enter}{/Control}");

test("an allergy is recorded by keyboard, told where it stands, and the keys go back", async () => {
  const { host } = open({ add_allergy: () => KEPT });
  await press("Add: Allergies")();
  const form = await pane("Add an allergy");
  await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("substance"));
  await user.keyboard("peanuts{Tab}swelling{Tab}s");
  await save();
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "add_allergy")).toEqual([
    { patient: id, details: { substance: "peanuts", reaction: "swelling", severity: "severe" } },
  ]);
  await within(await pane("Allergies")).findByText(/^Saved here \d\d:\d\d$/);
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Add: Allergies"));
});

test("the form stays while tabs change, with what was typed", async () => {
  open();
  await press("Add: Problems")();
  await pane("Add a problem");
  await user.keyboard("Migraine");
  await user.click(screen.getByRole("tab", { name: "Medicines" }));
  const form = await pane("Add a problem");
  expect(within(form).getByRole<HTMLInputElement>("combobox", { name: /^Problem/ }).value).toBe("Migraine");
});

test("an edit sends only what changed and the version that was seen when the form was opened", async () => {
  let version = 3;
  const { host } = open({
    problem: () => claim("pr1", { name: "Asthma", status: "active" as const }, { version: version++ }),
    edit_problem: () => KEPT,
  });
  await press("Change Asthma, mild intermittent")();
  await pane("Problem");
  host.news("problem");
  await user.selectOptions(await screen.findByRole("combobox", { name: "Status" }), "resolved");
  await save();
  await waitFor(() =>
    expect(sent(host, "edit_problem")).toEqual([{ id: "pr1", version: 3, patch: { status: "resolved" } }]),
  );
});

test("a name that is changed loses its code, and the field says so; typed back it has it again", async () => {
  const code = { system: "http://hl7.org/fhir/sid/icd-10", code: "J45.9", display: "Asthma" };
  const { host } = open({
    problem: () => claim("pr1", { name: "Asthma", code }),
    edit_problem: () => KEPT,
  });
  await press("Change Asthma, mild intermittent")();
  const name = await screen.findByRole("combobox", { name: /^Problem/ });
  await screen.findByText("Code J45.9");
  await user.type(name, ", since childhood");
  await screen.findByText("Without a code: J45.9 is the code of “Asthma”.");
  await user.clear(name);
  await user.type(name, "Asthma");
  await screen.findByText("Code J45.9");
  await user.type(name, " attack");
  await save();
  await waitFor(() =>
    expect(sent(host, "edit_problem")).toMatchObject([{ patch: { name: "Asthma attack", code: null } }]),
  );
});

test("another substance does not keep the code of the one before", async () => {
  const code = { system: "http://snomed.info/sct", code: "91936005", display: "Penicillin" };
  const { host } = open({
    allergy: () => claim("al1", { substance: "Penicillin", code }),
    edit_allergy: () => KEPT,
  });
  await press("Change latex")();
  const substance = await screen.findByLabelText(/^Allergic to/);
  await user.clear(substance);
  await user.type(substance, "Cefalexin");
  await screen.findByText("Without a code: 91936005 is the code of “Penicillin”.");
  await save();
  await waitFor(() =>
    expect(sent(host, "edit_allergy")).toMatchObject([{ patch: { substance: "Cefalexin", code: null } }]),
  );
});

test("an edit that met another is told in words", async () => {
  open({ edit_allergy: () => ({ ...KEPT, conflict: true }) });
  await press("Change latex")();
  await pane("Allergy");
  await user.click(await screen.findByRole("radio", { name: "Mild" }));
  await save();
  await within(await pane("Allergies")).findByText(/both are kept until one is chosen/);
});

test("what a person disagrees with another about is flagged in the alerts and at its field", async () => {
  const disputed = claim(
    "al1",
    { substance: "latex", severity: "mild" as const },
    { disputed: ["severity"] },
  );
  open({ banner: () => banner({ disputed: ["birth_date"] }), ...charted({ allergy: [disputed] }) });
  const alerts = await pane("Alerts");
  await within(alerts).findByText("Disputed: Severity");
  expect(alerts.textContent).toContain("Two people disagreeSettleDisputed: Birth date");
  await user.click(within(alerts).getByRole("button", { name: "Review" }));
  await screen.findByRole("radiogroup", { name: /Severity\s+Disputed/ });
});

test("what must be given is asked for at its field, and nothing is sent", async () => {
  const { host } = open({ add_medicine: () => KEPT });
  await press("Add: Medicines")();
  await pane("Add a medicine");
  await save();
  await screen.findByText("Fill this in before saving.");
  expect(document.activeElement?.getAttribute("name")).toBe("name");
  await user.keyboard("cetirizine");
  await user.type(screen.getByRole("textbox", { name: "Since" }), "soon");
  await save();
  await screen.findByText(/Write it as 14\/7\/1999/);
  expect(sent(host, "add_medicine")).toEqual([]);
});

test("whoever leaves before the answer is not offered again what was recorded", async () => {
  let answer = () => {};
  const recorded = new Promise<void>((done) => (answer = done));
  const { host } = open({ add_problem: () => recorded.then(() => KEPT) });
  await press("Add: Problems")();
  await pane("Add a problem");
  await user.keyboard("Migraine");
  await save();
  await user.keyboard("{Escape}");
  const kept = () => (sent(host, "keep_scratch") as { text: string }[]).at(-1)?.text;
  await waitFor(() => expect(kept()).toContain("Migraine"));
  answer();
  await waitFor(() => expect(kept()).toBe(""));
});

/** The form of a problem that was sent, left, and opened again before the answer. */
async function openedAgain() {
  const recorded = later();
  const pad = keeping();
  const { host } = open({ ...pad.handlers, add_problem: () => recorded.wait.then(() => KEPT) });
  await press("Add: Problems")();
  await pane("Add a problem");
  await user.keyboard("Migraine");
  await save();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(pad.rows()).toHaveLength(1));
  await press("Add: Problems")();
  const form = await pane("Add a problem");
  expect(within(form).queryByRole("textbox")).toBeNull();
  return { ...recorded, pad, host };
}

test("a form that is opened again before the answer came begins anew once it is recorded", async () => {
  const { answer, pad, host } = await openedAgain();
  answer();
  expect((await screen.findByRole<HTMLInputElement>("combobox", { name: /^Problem/ })).value).toBe("");
  expect(pad.rows()).toEqual([]);
  expect(sent(host, "add_problem")).toHaveLength(1);
});

test("a form that is opened again before the answer came goes on with what was refused", async () => {
  const { refuse, pad } = await openedAgain();
  refuse(new Refused("disk_full"));
  const name = await screen.findByRole<HTMLInputElement>("combobox", { name: /^Problem/ });
  expect(name.value).toBe("Migraine");
  expect(pad.rows()).toHaveLength(1);
});

test("a claim that is being recorded is neither changed nor recorded again", async () => {
  const recorded = later();
  const { host } = open({ add_allergy: () => recorded.wait.then(() => KEPT) });
  await press("Add: Allergies")();
  const form = await pane("Add an allergy");
  await user.keyboard("peanuts");
  await save();
  await user.keyboard(" and nuts");
  await save();
  await user.click(within(form).getByRole("radio", { name: "Mild" }));
  const name = within(form).getByRole<HTMLInputElement>("textbox", { name: /^Allergic to/ });
  expect([name.value, name.readOnly]).toEqual(["peanuts", true]);
  expect(within(form).queryByRole("button", { name: "Discard" })).toBeNull();
  recorded.answer();
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "add_allergy")).toEqual([{ patient: id, details: { substance: "peanuts" } }]);
});

test("a refusal names its field or is told in words", async () => {
  const refusals = [new Refused("invalid", { field: "given" }), new Refused("store_failed")];
  open({
    add_immunisation: () => {
      throw refusals.shift();
    },
  });
  await press("Add: Immunisations")();
  await pane("Add a dose");
  await user.keyboard("Rabies");
  await save();
  await screen.findByText("This value is not possible.");
  await save();
  await screen.findByRole("alert");
});

test("a medicine is chosen beside the allergies, and one that meets them is asked about by name", async () => {
  const penicillin = { substance: "Penicillin", reaction: "anaphylaxis", severity: "severe" as const };
  const known = { state: "known" as const, list: [{ ...penicillin, severe: true }] };
  const answers = [
    () => {
      throw new Refused("meets_allergy", { allergy: "al9", class: "penicillins" });
    },
  ];
  const { host } = open({
    banner: () => banner({ allergies: known }),
    ...charted({ allergy: [claim("al9", penicillin)] }),
    add_medicine: () => answers.shift()?.() ?? KEPT,
  });
  await press("Add: Medicines")();
  const form = await pane("Add a medicine");
  const name = within(form).getByRole("textbox", { name: /^Generic name/ });
  expect(name.getAttribute("aria-describedby")).toBeTruthy();
  expect(form.textContent).toContain("Known allergies: Penicillin (anaphylaxis)");
  expect(within(form).queryByRole("textbox", { name: "Reason despite an allergy" })).toBeNull();
  await user.keyboard("amoxicillin");
  await save();
  const why = await within(form).findByRole("textbox", { name: "Reason despite an allergy" });
  expect(form.textContent).toContain(
    "It belongs to the penicillins, and they are allergic to Penicillin (anaphylaxis, severe).",
  );
  await waitFor(() => expect(document.activeElement).toBe(why));
  await user.keyboard("desensitised in 2024");
  await save();
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "add_medicine").at(-1)).toEqual({
    patient: id,
    details: { name: "amoxicillin", despite: "desensitised in 2024" },
  });
});

test("an allergy like one that is known is recorded for a reason alone", async () => {
  const answers = [
    () => {
      throw new Refused("known_allergy", { allergy: "al1" });
    },
  ];
  const { host } = open({ add_allergy: () => answers.shift()?.() ?? KEPT });
  await press("Add: Allergies")();
  const form = await pane("Add an allergy");
  await user.keyboard("penicilin");
  await save();
  const why = await within(form).findByRole("textbox", { name: "Why it is another allergy" });
  expect(form.textContent).toContain("is recorded already. Change that one if it is the same");
  await waitFor(() => expect(document.activeElement).toBe(why));
  await user.keyboard("another reaction");
  await save();
  await waitFor(() =>
    expect(sent(host, "add_allergy").at(-1)).toEqual({
      patient: id,
      details: { substance: "penicilin", despite: "another reaction" },
    }),
  );
});

test("what was entered in error is withdrawn with a reason", async () => {
  const { host } = open({ void_medicine: () => KEPT });
  await press(/^Change salbutamol/)();
  await user.click(await screen.findByRole("button", { name: "Entered in error…" }));
  const form = await pane("Withdraw the medicine");
  expect(form.textContent).toContain("salbutamol VENTOLIN");
  await save();
  await screen.findByText("Say why, for whoever reads it later.");
  await user.keyboard("another person's");
  await save();
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "void_medicine")).toEqual([{ id: "me1", version: 3, reason: "another person's" }]);
});

test("the reason for a withdrawal is left and told as such, and forgotten once it is written", async () => {
  const pad = keeping();
  open({ ...pad.handlers, void_problem: () => KEPT }, "?task=problem.withdraw.pr1");
  await pane("Withdraw the problem");
  await user.keyboard("another person's{Escape}");
  const alerts = await pane("Alerts");
  await within(alerts).findByText("Unfinished: Withdraw the problem");
  expect(alerts.textContent).toContain("another person's");
  await user.click(within(alerts).getByRole("button", { name: "Continue" }));
  const form = await pane("Withdraw the problem");
  expect(within(form).getByRole<HTMLTextAreaElement>("textbox").value).toBe("another person's");
  await save();
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("what was left unfinished is offered and goes on where it stopped", async () => {
  const values = { name: "Migraine", status: "" };
  const text = JSON.stringify({ version: null, before: { name: "", status: "" }, values });
  const scratch = { patient: id, subject: "problem.add", text, at: Date.parse("2026-11-22T02:32:00Z") };
  open({ scratches: () => ({ rows: [scratch, { ...scratch, patient: "another" }] }) });
  const alerts = await pane("Alerts");
  expect(alerts.textContent).toContain("Unfinished: Add a problem");
  expect(alerts.textContent).toContain("Migraine");
  await user.click(within(alerts).getByRole("button", { name: "Continue" }));
  const form = await pane("Add a problem");
  expect(within(form).getByRole<HTMLInputElement>("combobox", { name: /^Problem/ }).value).toBe("Migraine");
  await user.click(within(form).getByRole("button", { name: "Discard" }));
  await waitFor(() => expect(form.isConnected).toBe(false));
});

test("a date that cannot be read yet is left and found again as it was typed, and nothing is recorded of it", async () => {
  const pad = keeping();
  const { host } = open({ ...pad.handlers, add_problem: () => KEPT });
  await press("Add: Problems")();
  await user.keyboard("Migraine");
  await user.type(screen.getByRole("textbox", { name: /^Since/ }), "31/4/2019{Escape}");
  await user.click(within(await pane("Alerts")).getByRole("button", { name: "Continue" }));
  await pane("Add a problem");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: /^Since/ }).value).toBe("31/4/2019");
  await screen.findByText("The calendar has no such day.");
  await save();
  expect(sent(host, "add_problem")).toEqual([]);
});

test("Escape closes the form and keeps the typing", async () => {
  const { host } = open();
  await press("Add: Problems")();
  const form = await pane("Add a problem");
  await user.keyboard("Migraine{Escape}");
  await waitFor(() => expect(form.isConnected).toBe(false));
  await waitFor(() => expect(JSON.stringify(sent(host, "keep_scratch").at(-1))).toContain("Migraine"));
});

test("the form of a record opens by its address alone, as from a list of what was left unfinished", async () => {
  open({}, "?task=allergy.edit.al1");
  expect((await screen.findByLabelText<HTMLInputElement>(/^Allergic to/)).value).toBe("penicillin");
});

test("typing that is typed back to what it was is forgotten, not offered as unfinished", async () => {
  const { host } = open();
  await press("Add: Problems")();
  await pane("Add a problem");
  await user.keyboard("Mi");
  await screen.findByText("Saved here 10:32", {}, { timeout: 2500 });
  await user.keyboard("{Backspace}{Backspace}{Escape}");
  await waitFor(() => expect(sent(host, "keep_scratch").at(-1)).toMatchObject({ text: "" }));
});

test("typing about what was withdrawn meanwhile can be thrown away", async () => {
  const text = JSON.stringify({ version: 3, before: { name: "Asthma" }, values: { name: "Asthma, severe" } });
  const rows = [{ patient: id, subject: "problem.edit.gone", text, at: 0 }];
  const { host } = open({ scratches: () => ({ rows }) }, "?task=problem.edit.gone");
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  await waitFor(() =>
    expect(sent(host, "keep_scratch")).toEqual([{ patient: id, subject: "problem.edit.gone", text: "" }]),
  );
});

test("drops are asked into which eye as soon as their route is of one, and so is what the records ask about", async () => {
  let asked = 0;
  const { host } = open({
    add_medicine: () => {
      asked += 1;
      if (asked === 1) throw new Refused("missing", { field: "side" });
      return KEPT;
    },
  });
  await press("Add: Medicines")();
  const form = await pane("Add a medicine");
  await user.type(within(form).getByLabelText(/^Generic name/), "timolol");
  expect(within(form).queryByRole("radiogroup", { name: "Which eye" })).toBeNull();
  await user.type(within(form).getByLabelText("Route"), "OU");
  await save();
  const eyes = await within(form).findByRole("radiogroup", { name: "Which eye" });
  await user.click(within(eyes).getByRole("radio", { name: "Both" }));
  await user.clear(within(form).getByLabelText("Route"));
  await user.type(within(form).getByLabelText("Route"), "eye");
  await save();
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "add_medicine").at(-1)).toEqual({
    patient: id,
    details: { name: "timolol", route: "eye", side: "both" },
  });
});
