import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import type { Note } from "../../../generated/Note";
import type { NoteView } from "../../../generated/NoteView";
import { PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { keeping, later } from "../../../testing/scratch";
import { DOCTOR, door, session } from "../../../testing/signed-in";
import { noteView, VISIT, VISITING, visitView } from "../../../testing/visits";
import { typingOf } from "./draft";

const user = userEvent.setup({ delay: null });

const { id } = person();
const KEPT = { id: "n1", version: 4, conflict: false };
const SIGNED_AT = "2026-11-22T10:41:00+08:00";
const open = (handlers: Handlers = {}, task = `note ${VISIT}`) =>
  renderApp(`/patients/${id}?task=${encodeURIComponent(task)}`, { ...PEOPLE, ...VISITING, ...handlers });
const pane = (name = "Visit note") => screen.findByRole("region", { name });
const field = async (name: string) => screen.findByLabelText<HTMLTextAreaElement>(name);
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const sign = () => user.keyboard("{Control>}{Enter}{/Control}");
const withNotes = (...notes: NoteView[]): Handlers => ({ visit: () => visitView({ notes }) });

const keptTexts = (host: ReturnType<typeof renderApp>["host"]) =>
  sent(host, "keep_scratch").map((input) => (input as { text: string }).text);

/** A visit whose one note is signed as soon as the command signs it. */
function signable(): Handlers {
  const notes: NoteView[] = [];
  return {
    visit: () => visitView({ notes: [...notes] }),
    sign_note: ({ details }) => {
      notes.push(noteView({ signed_at: SIGNED_AT, details: details as Note }));
      return KEPT;
    },
  };
}

test("of a visit with more notes than its answer holds, the one that was asked for is read and the rest counted", async () => {
  const far = noteView({ id: "n99", mine: false, signed_at: SIGNED_AT, details: { concern: "Far down" } });
  open(
    {
      visit: () => visitView({ notes: [noteView({ mine: false, signed_at: SIGNED_AT })], more: 7 }),
      note: () => far,
    },
    `note ${VISIT} n99`,
  );
  await screen.findByText("Far down");
  await screen.findByText("7 more entries of this visit are in the timeline.");
});

test("a note is written by keyboard, signed, and stands with who signed it and when", async () => {
  const { host } = open(signable());
  await waitFor(async () => expect(document.activeElement).toBe(await field("Concern")));
  await user.keyboard("Sore throat{Tab}No rash");
  await user.type(await field("Other findings"), "Tonsils enlarged");
  await user.click(screen.getByRole("button", { name: "Add a diagnosis" }));
  await user.keyboard("Acute tonsillitis j03.9{Enter}Asthma{Tab}");
  await user.type(await field("Plan"), "Fluids");
  await sign();
  const note = await screen.findByText(/^Dr Maria Reyes, /);
  expect(note.textContent).toContain("10:41");
  expect((await pane()).textContent).toContain("Acute tonsillitis · J03.9 · primary");
  const [{ details, ...about }] = sent(host, "sign_note") as [{ details: { diagnoses: object } }];
  expect(about).toEqual({ visit: VISIT, note: null, version: null });
  expect(details).toEqual({
    concern: "Sore throat",
    history: "No rash",
    examination: "Tonsils enlarged",
    diagnoses: expect.anything(),
    plan: "Fluids",
  });
  expect(Object.values(details.diagnoses)).toEqual([
    { name: "Acute tonsillitis", code: "J03.9", primary: true },
    { name: "Asthma" },
  ]);
  // The signing forgot the typing in the same act: nothing keeps it anew.
  await waitFor(() => expect(screen.queryByLabelText("Concern")).toBeNull());
  const kept = sent(host, "keep_scratch").map((input) => (input as { text: string }).text);
  const last = kept.length;
  await new Promise((passed) => setTimeout(passed, 1200));
  expect(sent(host, "keep_scratch")).toHaveLength(last);
});

test("whoever signed their note completes the visit by one press, where nothing in it is open still", async () => {
  const { host } = open(signable());
  await user.type(await field("Concern"), "Sore throat");
  await sign();
  await user.click(await screen.findByRole("button", { name: "Complete the visit" }));
  await screen.findByText("The visit is completed.");
  expect(sent(host, "step_visit")).toEqual([{ visit: VISIT, version: 2, to: "completed" }]);
  await waitFor(() => expect(screen.queryByRole("region", { name: "Visit note" })).toBeNull());
});

test("a visit that is over is read, and nobody begins a note in it by opening it", async () => {
  const details = { status: "completed" as const };
  open({ visit: () => visitView({ details, notes: [noteView({ mine: false, signed_at: SIGNED_AT })] }) });
  await screen.findByText(/^Dr Maria Reyes, /);
  expect(screen.queryByLabelText("Concern")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Write another note" }));
  await field("Concern");
});

test.each([
  ["another note of theirs is open", { note_open: true }],
  ["another clinician attends", { details: { status: "in_progress" as const, attending: "another" } }],
  ["the visit is over", { details: { status: "completed" as const } }],
])("a visit is not completed from a note where %s", async (_, but) => {
  open({ visit: () => visitView({ notes: [noteView({ signed_at: SIGNED_AT })], ...but }) });
  await screen.findByText(/^Dr Maria Reyes, /);
  expect(screen.queryByRole("button", { name: "Complete the visit" })).toBeNull();
});

test("typing that never pauses is kept within two seconds, and when the field is left", async () => {
  const { host } = open();
  await field("Concern");
  const began = Date.now();
  while (Date.now() - began < 1500) await user.keyboard("x");
  expect(sent(host, "keep_scratch").length).toBeGreaterThan(0);
  expect(sent(host, "keep_scratch")[0]).toMatchObject({ patient: id, subject: `note ${VISIT}` });
  await user.keyboard(" and fever{Tab}");
  await waitFor(() => expect(JSON.stringify(sent(host, "keep_scratch").at(-1))).toContain("and fever"));
  await screen.findByText("Saved here 10:32");
});

test("what is typed goes before the screen locks", async () => {
  const { host } = open();
  await field("Concern");
  await user.keyboard("Cough{Control>}l{/Control}");
  await waitFor(() => expect(host.calls.map(({ name }) => name)).toContain("lock"));
  const order = host.calls.map(({ name }) => name);
  expect(order.lastIndexOf("keep_scratch")).toBeLessThan(order.indexOf("lock"));
  expect(JSON.stringify(sent(host, "keep_scratch").at(-1))).toContain("Cough");
});

test.each(["Concern", "History"])(
  "after an unlock the keys go on in %s, where they were when the screen was locked",
  async (name) => {
    let locked = false;
    const goes = (to: boolean) => () => {
      locked = to;
      return (to ? {} : session()) as never;
    };
    const person = {
      user: "u1",
      sign_in: "maria",
      name: "Dr Maria Reyes",
      role: "doctor",
      wait: 0,
      off: false,
    };
    open({
      ...keeping().handlers,
      door: () =>
        door({ state: locked ? "screen_locked" : "open", people: [person], user: locked ? "u1" : null }),
      lock: goes(true),
      unlock: goes(false),
    });
    await user.type(await field("Concern"), "Fell");
    await user.clear(await field(name));
    await user.type(await field(name), "Found near the gate");
    for (let left = 0; left < " near the gate".length; left++) await user.keyboard("{ArrowLeft}");
    await user.keyboard("{Control>}l{/Control}");
    await user.type(await screen.findByLabelText("Password", { selector: "input" }), "nine lemons{Enter}");
    await waitFor(async () => expect(document.activeElement).toBe(await field(name)));
    await user.keyboard(" wandering");
    expect((await field(name)).value).toBe("Found wandering near the gate");
  },
);

test("what was left in a note goes on at its end", async () => {
  const text = JSON.stringify({
    note: null,
    version: null,
    before: {},
    typing: typingOf({ concern: "Cough" }),
  });
  open({ scratches: () => ({ rows: [{ patient: id, subject: `note ${VISIT}`, text, at: 0 }] }) });
  await waitFor(async () => expect(document.activeElement).toBe(await field("Concern")));
  await user.keyboard(" and fever");
  expect((await field("Concern")).value).toBe("Cough and fever");
});

test("what was left before the note was saved goes on upon the saved note, which is read beside it", async () => {
  const typing = { ...typingOf({ concern: "Cough" }), plan: "Rest", diagnoses: [] };
  const text = JSON.stringify({ note: null, version: null, before: { concern: "Cough" }, typing });
  const rows = [{ patient: id, subject: `note ${VISIT}`, text, at: 0 }];
  const details = { concern: "Fever", history: "Asthma", plan: "Fluids" };
  const { host } = open({
    ...withNotes(noteView({ details })),
    scratches: () => ({ rows }),
    save_note: () => ({ ...KEPT, version: 5 }),
  });
  expect((await field("Plan")).value).toBe("Rest");
  expect((await field("Concern")).value).toBe("Fever");
  const stands = await pane("Your open note of this visit, as it was saved:");
  expect(stands.textContent).toContain("Fluids");
  await user.click(screen.getByRole("button", { name: "Save as draft" }));
  await waitFor(() => expect(stands.isConnected).toBe(false));
  expect(sent(host, "save_note")).toEqual([
    { visit: VISIT, note: "n1", version: 3, details: { ...details, plan: "Rest" } },
  ]);
});

test("the chart's alerts lead back to a note that was left", async () => {
  const typing = { ...typingOf({}), concern: "Cough since Monday" };
  const text = JSON.stringify({ note: null, version: null, before: {}, typing });
  const rows = [{ patient: id, subject: `note ${VISIT}`, text, at: 0 }];
  renderApp(`/patients/${id}`, { ...PEOPLE, ...VISITING, scratches: () => ({ rows }) });
  const alerts = await pane("Alerts");
  await within(alerts).findByText("Unfinished: Visit note");
  await user.click(within(alerts).getByRole("button", { name: "Continue" }));
  expect((await field("Concern")).value).toBe("Cough since Monday");
});

test("a note saved open goes on with the version that was seen, and is told where it stands", async () => {
  const { host } = open({ save_note: () => ({ ...KEPT, version: 9 }), sign_note: () => KEPT });
  await field("Concern");
  await user.keyboard("Cough{Control>}s{/Control}");
  await screen.findByText(/^Saved as draft \d\d:\d\d$/);
  await user.keyboard(" at night");
  await sign();
  await waitFor(() =>
    expect(sent(host, "sign_note")).toEqual([
      { visit: VISIT, note: "n1", version: 9, details: { concern: "Cough at night" } },
    ]),
  );
});

test("what is typed while the note is being saved stays, and rests on what was saved", async () => {
  const { wait, answer } = later();
  const { host } = open({ save_note: () => wait.then(() => KEPT), sign_note: () => KEPT });
  await field("Concern");
  await user.keyboard("Cough{Control>}s{/Control} at night");
  await sign();
  await user.keyboard("{Control>}s{/Control}");
  answer();
  await screen.findByText(/^Saved as draft \d\d:\d\d$/);
  expect(sent(host, "save_note")).toHaveLength(1);
  expect(sent(host, "sign_note")).toEqual([]);
  expect((await field("Concern")).value).toBe("Cough at night");
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() =>
    expect(sent(host, "save_note")[1]).toEqual({
      visit: VISIT,
      note: "n1",
      version: 4,
      details: { concern: "Cough at night" },
    }),
  );
});

test("a note that is being signed is neither changed nor signed again", async () => {
  const { wait, answer } = later();
  const { host } = open({ sign_note: () => wait.then(() => KEPT) });
  await field("Concern");
  await user.keyboard("Cough");
  await sign();
  await user.keyboard("!");
  await sign();
  expect((await field("Concern")).value).toBe("Cough");
  answer();
  await waitFor(() => expect(keptTexts(host).at(-1)).toBe(""));
  expect(sent(host, "sign_note")).toHaveLength(1);
});

test.each([
  ["signed", sign],
  ["saved", () => user.keyboard("{Control>}s{/Control}")],
])("whoever leaves a note before it is %s is not offered its text again", async (_, act) => {
  const { wait, answer } = later();
  const written = () => wait.then(() => KEPT);
  const { host } = open({ sign_note: written, save_note: written });
  await field("Concern");
  await user.keyboard("Cough");
  await act();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(keptTexts(host).at(-1)).toContain("Cough"));
  answer();
  await waitFor(() => expect(keptTexts(host).at(-1)).toBe(""));
});

test("a note that is opened again before its saving was answered is the note that was saved", async () => {
  const saved = later();
  const pad = keeping();
  const notes: NoteView[] = [];
  const { host, router } = open({
    ...pad.handlers,
    visit: () => visitView({ notes: [...notes] }),
    save_note: async () => {
      await saved.wait;
      notes.push(noteView({ details: { concern: "Cough" } }));
      return KEPT;
    },
  });
  await user.type(await field("Concern"), "Cough{Control>}s{/Control}{Escape}");
  await waitFor(() => expect(pad.rows()).toHaveLength(1));
  await router.navigate({
    to: "/patients/$patient",
    params: { patient: id },
    search: { task: `note ${VISIT}` },
  });
  const again = await pane();
  expect(within(again).queryByLabelText("Concern")).toBeNull();
  saved.answer();
  expect((await field("Concern")).value).toBe("Cough");
  expect(screen.queryByText(/Restored/)).toBeNull();
  expect(pad.rows()).toEqual([]);
  expect(sent(host, "save_note")).toHaveLength(1);
});

test("nothing beside a note that is being saved or signed looks as if it could be pressed", async () => {
  const [saved, signed] = [later(), later()];
  open({
    ...withNotes(noteView()),
    save_note: () => saved.wait.then(() => KEPT),
    sign_note: () => signed.wait.then(() => KEPT),
  });
  await user.type(await field("Plan"), " Rest.");
  await user.keyboard("{Control>}s{/Control}");
  const withdraw = screen.getByRole<HTMLButtonElement>("button", { name: "Withdraw this note…" });
  await waitFor(() => expect(withdraw.disabled).toBe(true));
  saved.answer();
  await waitFor(() => expect(withdraw.disabled).toBe(false));
  await sign();
  const group = screen.getByRole("group", { name: "Diagnosis" });
  const pressable = [...group.querySelectorAll<HTMLButtonElement>("button, select")];
  await waitFor(() => expect(pressable.every(({ disabled }) => disabled)).toBe(true));
  expect(pressable).toHaveLength(4);
  expect(withdraw.disabled).toBe(true);
  signed.answer();
});

test("nothing is kept of a note while it is being signed, and what was refused is kept again", async () => {
  let refuse = () => {};
  const signed = new Promise<typeof KEPT>((_, no) => (refuse = () => no(new Refused("not_author"))));
  const { host } = open({ sign_note: () => signed });
  await field("Concern");
  await user.keyboard("Cough");
  await sign();
  await new Promise((passed) => setTimeout(passed, 1200));
  expect(keptTexts(host)).toEqual([]);
  refuse();
  await waitFor(() => expect(keptTexts(host).at(-1)).toContain("Cough"), { timeout: 2000 });
});

test("an open note goes on where its author left it, whatever came in meanwhile", async () => {
  let version = 3;
  const { host } = open({
    visit: () => visitView({ notes: [noteView({ version: version++ })] }),
    sign_note: () => KEPT,
  });
  const plan = await field("Plan");
  await user.type(plan, " Rest.");
  host.news("note");
  await waitFor(() => expect(sent(host, "visit").length).toBeGreaterThan(1));
  expect((await field("Plan")).value).toMatch(/Rest\.$/);
  await sign();
  await waitFor(() => expect(sent(host, "sign_note")[0]).toMatchObject({ note: "n1", version: 3 }));
});

test("a note that met another of the same author is told in words", async () => {
  open({ ...withNotes(noteView()), save_note: () => ({ ...KEPT, conflict: true }) });
  await user.type(await field("Plan"), "!");
  await user.click(screen.getByRole("button", { name: "Save as draft" }));
  await screen.findByText(/both are kept until one is chosen/);
});

test("an empty note is not sent; the keys go to the concern", async () => {
  const { host } = open();
  await field("Concern");
  await sign();
  await screen.findByText("Nothing is written yet.");
  expect(document.activeElement).toBe(await field("Concern"));
  expect(sent(host, "sign_note")).toEqual([]);
});

test("typing on after a diagnosis was chosen begins the next one, and what was chosen stands", async () => {
  const row = {
    name: "Acute pharyngitis",
    code: "J02.9",
    system: "http://hl7.org/fhir/sid/icd-10",
    version: "2019",
    also: "masakit na lalamunan",
    forgiven: false,
    whole: true,
    own: 0,
    clinic: 0,
    pinned: false,
  };
  const { host } = open({
    ...signable(),
    find_codes: ({ text }) => ({ rows: text === "masakit" ? [row] : [], sources: [] }),
  });
  await user.click(await screen.findByRole("button", { name: "Add a diagnosis" }));
  await user.keyboard("masakit");
  const option = await screen.findByRole("option", { name: /^Acute pharyngitis/ });
  await waitFor(() => expect(option.getAttribute("aria-selected")).toBe("true"));
  await user.keyboard("{Enter}lagnat");
  await waitFor(() =>
    expect(
      screen.getAllByRole<HTMLInputElement>("combobox", { name: /^Diagnosis/ }).map((each) => each.value),
    ).toEqual(["Acute pharyngitis · J02.9", "lagnat"]),
  );
  await sign();
  await waitFor(() => expect(sent(host, "sign_note")).toHaveLength(1));
  const [{ details }] = sent(host, "sign_note") as [{ details: { diagnoses: object } }];
  expect(Object.values(details.diagnoses)).toEqual([
    { name: row.name, code: row.code, system: row.system, version: row.version, primary: true },
    { name: "lagnat" },
  ]);
});

test("a diagnosis without a name is asked for at its field", async () => {
  const { host } = open(withNotes(noteView()));
  const diagnosis = await screen.findByRole("combobox", { name: "Diagnosis" });
  await user.clear(diagnosis);
  await user.type(diagnosis, "J03.9");
  await sign();
  await screen.findByText("Give the diagnosis a name.");
  expect(document.activeElement).toBe(diagnosis);
  expect(sent(host, "sign_note")).toEqual([]);
});

test.each(["licence_expired", "not_author", "frozen", "invalid", "disk_full"])(
  "that it was refused as %s is told in words, and the typing stays",
  async (code) => {
    open({
      sign_note: () => {
        throw new Refused(code, { field: "note" });
      },
    });
    await field("Concern");
    await user.keyboard("Cough");
    await sign();
    await screen.findByRole("alert");
    expect((await field("Concern")).value).toBe("Cough");
  },
);

test("a refusal of an empty note stands at the concern", async () => {
  open({
    ...withNotes(noteView()),
    sign_note: () => {
      throw new Refused("missing", { field: "concern" });
    },
  });
  await field("Concern");
  await sign();
  await screen.findByText("Nothing is written yet.");
});

test("the concern that the desk heard begins the note", async () => {
  const details = { kind: "consultation", status: "arrived", concern: "Stomach ache" } as const;
  open({ visit: () => visitView({ details }) });
  expect((await field("Concern")).value).toBe("Stomach ache");
});

test("a colleague's note is read, not written, and their name stands with it", async () => {
  const other = noteView({ id: "n2", mine: false, author: "Nurse Liza Cruz", signed_at: SIGNED_AT });
  open(withNotes(other), `note ${VISIT} n2`);
  await screen.findByText(/^Nurse Liza Cruz, /);
  expect(screen.queryByLabelText("Concern")).toBeNull();
});

test("once it is signed the keys are at the note's title", async () => {
  open(signable());
  await user.type(await field("Plan"), "Fluids");
  await sign();
  await screen.findByText(/^Dr Maria Reyes, /);
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Visit note" }));
});

test("who may not write notes reads them, and nothing is offered to sign", async () => {
  const permissions = DOCTOR.filter((each) => !each.startsWith("note."));
  open({ ...withNotes(), session: () => session({ permissions }) });
  await screen.findByText("Nobody has written a note in this visit.");
  expect(screen.queryByRole("button", { name: /Sign/ })).toBeNull();
});

test("a visit of somebody else is not opened in this chart", async () => {
  open({ visit: () => visitView({ patient: "another" }) });
  expect((await screen.findByRole("alert")).textContent).toContain("no such record");
});

test("an addition needs its words and its reason, and is signed under its own signature", async () => {
  const signed = noteView({ signed_at: SIGNED_AT });
  const { host } = open({ ...withNotes(signed), note: () => signed });
  await user.click(await screen.findByRole("button", { name: "Add to the note" }));
  await pane("Add to the note");
  await sign();
  await screen.findByText("Write what is to be added.");
  await user.keyboard("Rapid test negative");
  await sign();
  await screen.findByText("Say why, for whoever reads it later.");
  await user.keyboard("The result came later");
  await sign();
  await screen.findByText(/^Dr Maria Reyes, /);
  expect(sent(host, "add_addendum")).toEqual([
    { note: "n1", text: "Rapid test negative", reason: "The result came later" },
  ]);
  await waitFor(() =>
    expect(sent(host, "keep_scratch").at(-1)).toMatchObject({ subject: `addendum ${VISIT} n1`, text: "" }),
  );
});

test.each(["licence_expired", "illegal_move", "store_failed"])(
  "an addition that was refused as %s is told in words",
  async (code) => {
    const signed = noteView({ signed_at: SIGNED_AT });
    open(
      {
        note: () => signed,
        add_addendum: () => {
          throw new Refused(code);
        },
      },
      `addendum ${VISIT} n1`,
    );
    await user.type(await screen.findByLabelText(/^What is added/), "x");
    await user.type(await screen.findByLabelText(/^Why it is added/), "y");
    await sign();
    await screen.findByRole("alert");
  },
);

const LATE = [
  { field: "plan", value: "Review in 24 h", at: SIGNED_AT },
  { field: "diagnoses/d1/name", value: "", at: SIGNED_AT },
];

test("what came after the signature is told to its author alone", async () => {
  const late = noteView({ signed_at: SIGNED_AT, late: LATE });
  const { unmount } = open(withNotes(late));
  const told = (await pane("Came after the signature")).textContent;
  expect(told).toContain("changed plan, diagnosis before");
  expect(told).toContain("Review in 24 h");
  unmount();
  open(withNotes({ ...late, mine: false }), `note ${VISIT} n1`);
  await screen.findByText(/^Dr Maria Reyes, /);
  expect(screen.queryByRole("region", { name: "Came after the signature" })).toBeNull();
});

test("an open note is withdrawn with a reason", async () => {
  const { host } = open(withNotes(noteView()));
  await user.click(await screen.findByRole("button", { name: "Withdraw this note…" }));
  await user.click(await screen.findByRole("button", { name: "Withdraw the note" }));
  await screen.findByText("Say why, for whoever reads it later.");
  await user.type(screen.getByLabelText(/^What was wrong/), "Another person's");
  await user.click(screen.getByRole("button", { name: "Withdraw the note" }));
  await waitFor(() =>
    expect(sent(host, "void_note")).toEqual([{ id: "n1", version: 3, reason: "Another person's" }]),
  );
});

test("the reason for a note's withdrawal is kept, and what was typed into the note goes with it", async () => {
  const text = JSON.stringify({
    note: "n1",
    version: 3,
    before: {},
    typing: { ...typingOf({}), plan: "Rest" },
  });
  const pad = keeping({ patient: id, subject: `note ${VISIT}`, text, at: Date.now() });
  let notes = [noteView()];
  const { router } = open({
    ...pad.handlers,
    visit: () => visitView({ notes }),
    void_note: () => {
      notes = [];
      return KEPT;
    },
  });
  await user.click(await screen.findByRole("button", { name: "Withdraw this note…" }));
  await user.type(await screen.findByLabelText(/^What was wrong/), "Another person's");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(pad.rows()[0]).toMatchObject({ subject: `withdraw ${VISIT} n1` }));
  const alerts = await screen.findByRole("region", { name: "Alerts" });
  await within(alerts).findByText("Unfinished: Withdraw a note");
  await user.click(await screen.findByRole("button", { name: "Withdraw this note…" }));
  expect((await screen.findByLabelText<HTMLTextAreaElement>(/^What was wrong/)).value).toBe(
    "Another person's",
  );
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.search).toEqual({}));
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("what was left for a visit of somebody else is told as gone, and can be thrown away", async () => {
  const pad = keeping({ patient: id, subject: "visit v9", text: "{}", at: Date.now() });
  open({ ...pad.handlers, visit_details: () => ({ version: 1, patient: "p9", details: {} }) }, "visit v9");
  await screen.findByRole("alert");
  await user.click(screen.getByRole("button", { name: "Discard" }));
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("a withdrawal that was begun is forgotten once its note is signed", async () => {
  const pad = keeping({ patient: id, subject: `withdraw ${VISIT} n1`, text: "Wrong tooth", at: Date.now() });
  open({ ...pad.handlers, ...withNotes(noteView()), sign_note: () => KEPT });
  await field("Plan");
  await sign();
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("after the first note is signed another can be begun in the same visit", async () => {
  open(withNotes(noteView({ signed_at: SIGNED_AT })));
  await user.click(await screen.findByRole("button", { name: "Write another note" }));
  expect((await field("Concern")).value).toBe("");
});
