import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import type { Note } from "../../../generated/Note";
import type { SnippetRow } from "../../../generated/SnippetRow";
import { HAPPENED, PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { keeping } from "../../../testing/scratch";
import { setFor } from "./exam";
import { NOTE_SETS, noteView, ownSet, VISIT, VISITING, visitView } from "../../../testing/visits";

const user = userEvent.setup({ delay: null });
const { id } = person();
const SIGNED_AT = "2026-11-22T10:41:00+08:00";
const open = (handlers: Handlers = {}) =>
  renderApp(`/patients/${id}?task=${encodeURIComponent(`note ${VISIT}`)}`, {
    ...PEOPLE,
    ...VISITING,
    ...handlers,
  });
const field = (name: string) => screen.findByLabelText<HTMLTextAreaElement>(name);
const system = async (name: string) => screen.findByRole("radiogroup", { name });
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input as { details: Note });
const sign = () => user.keyboard("{Control>}{Enter}{/Control}");
const allNormal = () => user.keyboard("{Alt>}n{/Alt}");

test("all normal leaves a finding and a system that was not examined as they are, and says nothing of its own accord", async () => {
  const { host } = open();
  within(await system("General"))
    .getByRole("radio", { name: "normal" })
    .focus();
  // Down to the skin, where something was found; Enter goes on from its words to the lungs.
  await user.keyboard("{ArrowDown}aRash on both arms{Enter}-");
  await screen.findByText("0 normal · 1 with a finding · 3 not examined");
  await allNormal();
  await screen.findByText("2 normal · 1 with a finding · 1 not examined");
  expect((await field("Finding: Skin")).value).toBe("Rash on both arms");
  await sign();
  await waitFor(() => expect(sent(host, "sign_note")).toHaveLength(1));
  expect(sent(host, "sign_note")[0]?.details).toEqual({
    set: "general",
    exam: {
      general: { finding: "normal", text: "Alert, not in distress" },
      skin: { finding: "finding", text: "Rash on both arms" },
      lungs: { finding: "not_examined" },
      neurological: { finding: "normal", text: "Oriented" },
    },
  });
});

test("the words of a finding stay while another choice is tried, and one without words is asked for", async () => {
  const { host } = open();
  within(await system("General"))
    .getByRole("radio", { name: "normal" })
    .focus();
  await user.keyboard("aPale");
  const general = within(await system("General"));
  await user.click(general.getByRole("radio", { name: "normal" }));
  expect(screen.queryByLabelText("Finding: General")).toBeNull();
  await user.click(general.getByRole("radio", { name: "finding" }));
  const words = await field("Finding: General");
  expect(words.value).toBe("Pale");
  await user.clear(words);
  await sign();
  await screen.findByText("Say what was found.");
  expect(document.activeElement).toBe(await field("Finding: General"));
  expect(sent(host, "sign_note")).toEqual([]);
});

test("a system without a sentence of its own is normal by nobody's one key", async () => {
  const details = { kind: "emergency", status: "in_progress" } as const;
  open({ visit: () => visitView({ details }) });
  await system("Injured part");
  await allNormal();
  await screen.findByText("0 normal · 0 with a finding · 1 not examined");
});

test("a note keeps the version that it began by when another is published meanwhile", async () => {
  const skin = { system: "skin", normal: "Warm" };
  const own = ownSet("Sports", { systems: [skin, { system: "spine", normal: "" }] });
  let set = own;
  const { host } = open({
    note_sets: () => ({ rows: [...NOTE_SETS, set], next: null }),
    note_set: () => ({ ...own, begins: false }),
  });
  await system("General");
  await user.selectOptions(screen.getByLabelText("What is examined"), "Sports");
  await user.click(within(await system("Skin")).getByRole("radio", { name: "normal" }));
  set = ownSet("Athletes", { id: "y", number: 2, follows: "x", systems: [skin] });
  act(() => host.news("note_set"));
  await screen.findByRole("option", { name: "Athletes" });
  await user.click(within(await system("Spine")).getByRole("radio", { name: "not examined" }));
  await sign();
  await waitFor(() => expect(sent(host, "sign_note")).toHaveLength(1));
  expect(sent(host, "sign_note")[0]?.details).toEqual({
    set: "Sports",
    set_version: "x",
    exam: { skin: { finding: "normal", text: "Warm" }, spine: { finding: "not_examined" } },
  });
  expect(sent(host, "note_set")).toEqual([{ id: "x" }]);
});

test("a set begins by the visit and the age, no draft begins any, and the most particular one holds", async () => {
  const child = ownSet("Child", { id: "c", until_age: 17, systems: [{ system: "ears", normal: "Clear" }] });
  const checkUp = ownSet("Check-up", { id: "r", kinds: ["routine"], until_age: 17 });
  const grown = ownSet("Grown", { id: "g", from_age: 18, begins: false });
  const sets = [...NOTE_SETS, grown, child, checkUp];
  const of = (years: number | null) => (years === null ? null : ({ unit: "years", count: years } as const));
  const begun = sets.filter(({ begins }) => begins);
  const chosen = (kind: "routine" | "consultation" | "emergency", years: number | null) =>
    setFor(begun, kind, of(years))?.set;
  expect(chosen("consultation", 12)).toBe("Child");
  expect(chosen("routine", 12)).toBe("Check-up");
  expect(chosen("emergency", 12)).toBe("injury");
  expect(chosen("consultation", 18)).toBe("general");
  expect(chosen("consultation", null)).toBe("general");
  expect(setFor(begun, "consultation", { unit: "months", count: 23 })?.set).toBe("Child");
});

test("the words of a set go where nothing is written, and their stops are filled in before it is signed", async () => {
  const own = ownSet("Sports", {
    history: "Runs {how far}.",
    plan: "ECG.",
    systems: [{ system: "skin", normal: "" }],
  });
  const { host } = open({ note_sets: () => ({ rows: [own], next: null }) });
  await user.type(await field("Plan"), "Rest");
  await user.keyboard("{Alt>}t{/Alt}");
  expect((await field("History")).value).toBe("Runs {how far}.");
  expect((await field("Plan")).value).toBe("Rest");
  expect(screen.queryByRole("button", { name: /Fill in the set/ })).toBeNull();
  await sign();
  await waitFor(async () => expect((await field("History")).getAttribute("aria-invalid")).toBe("true"));
  expect(sent(host, "sign_note")).toEqual([]);
});

test("an examination that was left goes on, and a refusal of its words stands at its system", async () => {
  const typing = { set: "general", exam: { skin: { finding: "finding", normal: "", text: "Rash" } } };
  const text = JSON.stringify({ note: null, version: null, before: {}, values: typing });
  open({
    ...keeping({ patient: id, subject: `note ${VISIT}`, text, at: Date.now() }).handlers,
    sign_note: () => {
      throw new Refused("missing", { field: "exam/skin/text" });
    },
  });
  const words = await field("Finding: Skin");
  expect(words.value).toBe("Rash");
  await sign();
  await waitFor(() => expect(words.getAttribute("aria-invalid")).toBe("true"));
});

test("an open note keeps the word of a set that no note begins with, with the systems of a draft of that name", async () => {
  const left = (set: string) => {
    const typing = { set, exam: { skin: { finding: "normal", normal: "Warm", text: "" } } };
    const text = JSON.stringify({ note: null, version: null, before: {}, values: typing });
    return keeping({ patient: id, subject: `note ${VISIT}`, text, at: Date.now() }).handlers;
  };
  const systems = [{ system: "spine", normal: "" }];
  const draft = ownSet("Sports", { begins: false, status: "draft", systems });
  const note_sets = () => ({ rows: [...NOTE_SETS, draft], next: null });
  const { host } = open({ ...left("Sports"), note_sets });
  await user.click(within(await system("Spine")).getByRole("radio", { name: "not examined" }));
  expect(screen.getByLabelText<HTMLSelectElement>("What is examined").value).toBe("Sports");
  await sign();
  await waitFor(() => expect(sent(host, "sign_note")).toHaveLength(1));
  expect(sent(host, "sign_note")[0]?.details).toMatchObject({ set: "Sports" });
  expect(sent(host, "sign_note")[0]?.details).not.toHaveProperty("set_version");
  cleanup();
  open({ ...left("Gone"), note_sets });
  await system("Skin");
  expect(screen.getByLabelText<HTMLSelectElement>("What is examined").value).toBe("Gone");
});

test("a signed note tells what was found, what was normal and what was not examined; one of before tells its words", async () => {
  const exam = {
    skin: { finding: "finding", text: "Rash on both arms" },
    general: { finding: "normal", text: "Alert" },
    lungs: { finding: "not_examined" },
    tail: { finding: "normal", text: "of a newer version" },
  } as const;
  const brought = { plan: { note: "n0", on: "2026-09-03" } };
  const details = { set: "general", exam, plan: "Rest", brought };
  const { unmount } = open({
    visit: () => visitView({ notes: [noteView({ signed_at: SIGNED_AT, details })] }),
  });
  const told = (await screen.findByText("Examination")).parentElement?.textContent ?? "";
  expect(told).toBe(
    "ExaminationGeneral  AlertSkin finding Rash on both armstail  of a newer versionNot examined: lungs.",
  );
  await screen.findByText("from the note of 03-Sep-2026");
  unmount();
  open({ visit: () => visitView({ notes: [noteView({ signed_at: SIGNED_AT })] }) });
  await screen.findByText("Tonsils enlarged, exudate left. No rash. Chest clear.");
  expect(screen.queryByText(/Not examined/)).toBeNull();
});

const row = HAPPENED.find(({ fact }) => fact.kind === "note");
const LAST: Handlers = {
  timeline: ({ kinds }) => ({
    rows:
      row && kinds.length === 1
        ? [{ ...row, id: "n0", signed: true, fact: { kind: "note", details: { visit: "v0" } } }]
        : HAPPENED,
    next: null,
  }),
  note: () =>
    noteView({
      id: "n0",
      visit: "v0",
      signed_at: "2026-09-03T14:20:00+08:00",
      details: {
        concern: "Clearance",
        history: "No complaint",
        plan: "Fit to travel",
        examination: "All clear",
      },
    }),
};

test("the last note is brought in with its date, over nothing that is written, and what is changed is of today", async () => {
  const { host } = open(LAST);
  await screen.findByText("Last note, 03-Sep-2026");
  await user.type(await field("Plan"), "Rest");
  await user.keyboard("{Alt>}b{/Alt}");
  expect((await screen.findByDisplayValue("No complaint")).getAttribute("name")).toBe("history");
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(sent(host, "save_note")).toHaveLength(1));
  expect(sent(host, "save_note")[0]?.details).toEqual({
    history: "No complaint",
    plan: "Rest",
    brought: { history: { note: "n0", on: "2026-09-03" } },
  });
  await user.type(screen.getByDisplayValue("No complaint"), " now");
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() =>
    expect(sent(host, "save_note")[1]?.details).toEqual({ history: "No complaint now", plan: "Rest" }),
  );
});

test("a text that its note does not bear out is told at its field", async () => {
  open({
    ...LAST,
    sign_note: () => {
      throw new Refused("invalid", { field: "brought/history/note" });
    },
  });
  await screen.findByText("Last note, 03-Sep-2026");
  await user.keyboard("{Alt>}b{/Alt}");
  await screen.findByDisplayValue("No complaint");
  await sign();
  await screen.findByText(/^This is not the text of that note/);
  expect(screen.getByDisplayValue("No complaint").getAttribute("aria-invalid")).toBe("true");
});

const snippet = (but: Partial<SnippetRow>): SnippetRow => ({
  id: null,
  version: null,
  of: "shipped",
  may_edit: false,
  key: "throat",
  text: "Sore throat for {days} days, {fever}.",
  section: "concern",
  ...but,
});
const SNIPPETS: Handlers = {
  snippets: () => ({
    rows: [
      snippet({ of: "own", id: "s1", version: 1, key: "back", section: null, text: "Back in {days} days." }),
      snippet({}),
      snippet({ key: "back", section: "plan", text: "Comes back." }),
    ],
    next: null,
  }),
};

test("a key behind a dot opens, Tab goes from stop to stop, and a stop that is left is not signed", async () => {
  const { host } = open(SNIPPETS);
  const concern = await field("Concern");
  await waitFor(() => expect(host.calls.map(({ name }) => name)).toContain("snippets"));
  await waitFor(() => expect(document.activeElement).toBe(concern));
  await user.keyboard(".throat{Tab}");
  await waitFor(() => expect(concern.value).toBe("Sore throat for {days} days, {fever}."));
  await user.keyboard("two");
  expect(concern.value).toBe("Sore throat for two days, {fever}.");
  await sign();
  await screen.findByText("Fill in {fever}, or take it out.");
  expect(sent(host, "sign_note")).toEqual([]);
  concern.setSelectionRange(0, 0);
  await user.keyboard("{Tab}no fever");
  expect(concern.value).toBe("Sore throat for two days, no fever.");
  await user.keyboard("{Tab}");
  expect(document.activeElement).not.toBe(concern);
});

test("one's own snippet opens before the one that everybody has, and a key of another part stays as typed", async () => {
  const { host } = open(SNIPPETS);
  const plan = await field("Plan");
  await waitFor(() => expect(host.calls.map(({ name }) => name)).toContain("snippets"));
  await user.type(plan, ".throat .back ");
  expect(plan.value).toBe(".throat Back in {days} days.");
});
