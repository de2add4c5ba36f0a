import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { NoteView } from "../../generated/NoteView";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { flaws, layOut, seePages } from "../../testing/on-screen";
import {
  counts,
  issued,
  line,
  may,
  NUMBER,
  PAPER,
  paper,
  PAPERS,
  PATIENT,
  SPECTACLES,
  previewed,
  submitted,
} from "../../testing/papers";
import { PEOPLE } from "../../testing/people";
import { renderApp } from "../../testing/render";
import { keeping } from "../../testing/scratch";
import { status } from "../../testing/signed-in";
import type { View } from "./types";

const user = userEvent.setup({ delay: null });
beforeEach(layOut);

const open = (view: View | (() => View), handlers: Handlers = {}, search = "") =>
  renderApp(`/certificates/${PAPER}${search}`, {
    ...PEOPLE,
    ...PAPERS,
    certificate: typeof view === "function" ? view : () => view,
    ...handlers,
  });
const sent = (host: ReturnType<typeof open>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const field = (name: RegExp) => screen.findByRole<HTMLInputElement>("textbox", { name });
const press = async (name: string) => user.click(await screen.findByRole("button", { name }));
const issueKeys = () => user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
const refuse =
  (code: string, fields = {}) =>
  () => {
    throw new Refused(code, fields);
  };
const approve = () => screen.findByRole<HTMLButtonElement>("button", { name: /^Issue/ });
const glance = async () => {
  const button = await approve();
  await waitFor(() => expect(button.disabled).toBe(false), { timeout: 4000 });
};

test("a draft is edited field by field, each edit upon the version that the one before it made", async () => {
  let version = 3;
  const { host } = open(paper(), {
    edit_certificate: ({ id }) => ({ id, version: ++version, conflict: false }),
  });
  await user.type(await field(/^Reason/), " Rested.");
  await user.tab();
  await user.type(await field(/^Recommendation/), " Come back.");
  await user.tab();
  await waitFor(() => expect(sent(host, "edit_certificate").length).toBe(2));
  expect(sent(host, "edit_certificate")).toEqual([
    { id: PAPER, version: 3, patch: { reason: "Acute febrile illness; contagious for 48 hours. Rested." } },
    {
      id: PAPER,
      version: 4,
      patch: { recommendation: "Rest, fluids, and review at the clinic if fever continues. Come back." },
    },
  ]);
  await screen.findByText(/^Saved \d\d:\d\d$/);
});

test("what is still being typed is kept before the draft is issued", async () => {
  const order: string[] = [];
  const { host } = open(paper(), {
    edit_certificate: ({ id }) => {
      order.push("edit");
      return { id, version: 9, conflict: false };
    },
    issue_certificate: ({ certificate, version }) => {
      order.push("issue");
      return { id: certificate, version, number: NUMBER, conflict: false };
    },
  });
  await user.type(await field(/^Reason/), " Rested.");
  await issueKeys();
  await waitFor(() => expect(sent(host, "issue_certificate")).toEqual([{ certificate: PAPER, version: 9 }]));
  expect(order).toEqual(["edit", "issue"]);
});

test("an edit that clashes is told, and one that was refused keeps its words", async () => {
  open(paper(), { edit_certificate: ({ id }) => ({ id, version: 4, conflict: true }) });
  await user.type(await field(/^Reason/), "!");
  await user.tab();
  await screen.findByText(/Somebody changed the same field meanwhile/);
});

test.each(["disk_full", "frozen", "stale", "disputed"])(
  "a refused edit is told at the draft: %s",
  async (code) => {
    open(paper(), { edit_certificate: refuse(code, { field: "reason" }) });
    const reason = await field(/^Reason/);
    await user.type(reason, "!");
    await user.tab();
    await screen.findByRole("alert");
    expect(reason.value).toMatch(/!$/);
  },
);

test("typing that was left in a draft is upon the version that was seen then", async () => {
  const before = {
    template: paper().details.template,
    verdict: "not_fit",
    examined: "2026-11-22",
    from: "2026-11-21",
    until: "2026-11-23",
    limits: "",
    reason: "Old",
    recommendation: "",
    diagnosis: "",
    diagnosis_agreed: false,
    addressee: "",
    paper: "a5",
  };
  const text = JSON.stringify({ version: 2, visit: null, before, values: { ...before, reason: "New" } });
  const { host } = open(paper({ version: 7 }), {
    scratches: () => ({ rows: [{ patient: PATIENT, subject: `certificate.edit.${PAPER}`, text, at: 0 }] }),
    edit_certificate: ({ id }) => ({ id, version: 8, conflict: true }),
  });
  expect((await field(/^Reason/)).value).toBe("New");
  await user.click(await field(/^Reason/));
  await user.tab();
  await waitFor(() =>
    expect(sent(host, "edit_certificate")).toEqual([{ id: PAPER, version: 2, patch: { reason: "New" } }]),
  );
});

test("a day of a draft that cannot be read yet stays as it was typed, and the record keeps its own", async () => {
  const pad = keeping();
  const { host, router } = open(paper(), {
    ...pad.handlers,
    edit_certificate: ({ id }) => ({ id, version: 4, conflict: false }),
  });
  await user.type(await field(/^Reason/), " Rested.");
  await user.clear(await field(/^Until/));
  await user.type(await field(/^Until/), "soon{Tab}");
  const rested = { reason: "Acute febrile illness; contagious for 48 hours. Rested." };
  await waitFor(() =>
    expect(sent(host, "edit_certificate")).toEqual([{ id: PAPER, version: 3, patch: rested }]),
  );
  await user.keyboard("{Escape}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${PATIENT}`));
  await router.navigate({ to: "/certificates/$certificate", params: { certificate: PAPER }, search: {} });
  expect((await field(/^Until/)).value).toBe("soon");
  await issueKeys();
  await screen.findByText("Write the day as 24/11, 24/11/2026, +2, or 3d for three days.");
  expect(sent(host, "issue_certificate")).toEqual([]);
});

test("a last day before the first is not saved, and the rest of the draft is", async () => {
  const { host } = open(paper(), { edit_certificate: ({ id }) => ({ id, version: 4, conflict: false }) });
  await user.type(await field(/^Reason/), " Rested.");
  const until = await field(/^Until/);
  await user.clear(until);
  await user.type(until, "20/11{Tab}");
  await screen.findByText("The last day cannot be before the first.");
  const rested = { reason: "Acute febrile illness; contagious for 48 hours. Rested." };
  await waitFor(() => expect(sent(host, "edit_certificate").at(-1)).toMatchObject({ patch: rested }));
  expect(sent(host, "edit_certificate")).toEqual([{ id: PAPER, version: 3, patch: rested }]);
  await screen.findByText("Not saved yet: correct what is marked.");
  await issueKeys();
  expect(document.activeElement).toBe(until);
  expect(sent(host, "issue_certificate")).toEqual([]);
});

test("what an edit refuses of a field is told at that field alone, and nothing is called saved", async () => {
  const answers = { edit_certificate: refuse("invalid", { field: "examined" }) };
  open(paper(), { ...answers, preview_certificate: refuse("invalid", { field: "examined" }) });
  await user.type(await field(/^Reason/), "!");
  await user.tab();
  const examined = await field(/^Examined/);
  await waitFor(() => expect(examined.getAttribute("aria-invalid")).toBe("true"));
  await screen.findByText("Not saved yet: correct what is marked.");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("a returned one says why above its form", async () => {
  const details = { ...paper().details, status: "returned" as const, status_reason: "Wrong days." };
  open(paper({ status: "returned", details, may: may("edit", "submit") }));
  await screen.findByText("Wrong days.");
  await screen.findByRole("button", { name: "Submit" });
});

test("nothing can be decided before its page was in sight", async () => {
  const { host } = open(submitted(), {
    issue_certificate: ({ certificate }) => ({
      id: certificate,
      version: 4,
      number: NUMBER,
      conflict: false,
    }),
  });
  expect((await approve()).disabled).toBe(true);
  await issueKeys();
  expect(sent(host, "issue_certificate")).toEqual([]);
  await seePages();
  await glance();
  await issueKeys();
  await waitFor(() => expect(sent(host, "issue_certificate")).toEqual([{ certificate: PAPER, version: 3 }]));
  await screen.findByText("Sent to Desk: 1 copy.");
});

test("what is kept and not printed is before the eyes of whoever decides", async () => {
  open(submitted());
  const reason = await screen.findByText("Acute febrile illness; contagious for 48 hours.");
  expect(reason.closest("div")?.textContent).toContain("kept, not printed");
});

test.each([
  ["Return", "return_certificate"],
  ["Reject", "reject_certificate"],
] as const)("%s asks for a reason first", async (name, command) => {
  const { host } = open(submitted(), { [command]: () => ({ id: PAPER, version: 4, conflict: false }) });
  await press(name);
  const dialog = await screen.findByRole("dialog");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await within(dialog).findByText("Say why, for whoever reads it later.");
  expect(sent(host, command)).toEqual([]);
  await user.type(within(dialog).getByRole("textbox"), "The days are wrong.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, command)).toEqual([{ certificate: PAPER, version: 3, reason: "The days are wrong." }]),
  );
});

test.each(["illegal_move", "not_permitted", "stale"])(
  "a refused return is told in its dialog: %s",
  async (code) => {
    open(submitted(), { return_certificate: refuse(code) });
    await press("Return");
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox"), "No.");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await within(dialog).findByRole("alert");
  },
);

test("the reason of a return is kept under its step, and goes on at the step's own address", async () => {
  const pad = keeping();
  const { host, router } = open(submitted(), { ...pad.handlers, return_certificate: refuse("store_failed") });
  await press("Return");
  await user.type(
    within(await screen.findByRole("dialog")).getByRole("textbox"),
    "The days are wrong.{Escape}",
  );
  await waitFor(() =>
    expect(pad.rows()[0]).toMatchObject({
      subject: `certificate.return.${PAPER}`,
      text: "The days are wrong.",
    }),
  );
  await router.navigate({ to: "/today" });
  await press("Go on");
  const again = await screen.findByRole("dialog", { name: "Return to its author" });
  expect(within(again).getByRole<HTMLTextAreaElement>("textbox").value).toBe("The days are wrong.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await within(again).findByRole("alert");
  expect(sent(host, "return_certificate")).toHaveLength(1);
  expect(pad.rows()).toHaveLength(1);
});

test("a return that makes it a draft again is told, though its form could be drawn before that", async () => {
  let view = submitted();
  open(() => view, {
    status: async () => {
      if (view.status === "returned") await new Promise((passed) => setTimeout(passed, 200));
      return status();
    },
    return_certificate: () => {
      view = submitted({ status: "returned", may: may("edit", "submit") });
      return { id: PAPER, version: 4, conflict: false };
    },
  });
  await press("Return");
  await user.type(within(await screen.findByRole("dialog")).getByRole("textbox"), "The days are wrong.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Returned to its author.");
  await field(/^Recommendation/);
});

test("a reason for a step that cannot be taken any more is told, and can be thrown away", async () => {
  const subject = `certificate.return.${PAPER}`;
  const pad = keeping({ patient: PATIENT, subject, text: "The days are wrong.", at: Date.now() });
  open(issued(), pad.handlers, "?step=return");
  await screen.findByText(/You had typed: “The days are wrong.”/);
  expect(screen.queryByRole("dialog")).toBeNull();
  await press("Discard");
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("a step at an address that this person may not take is not asked", async () => {
  open(submitted({ may: may() }), {}, "?step=return");
  await screen.findAllByText("Submitted");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("what was typed is there when a draft that went stale begins anew", async () => {
  const pad = keeping();
  let version = 3;
  const { host } = open(() => paper({ version, may: may("edit", "submit") }), {
    ...pad.handlers,
    edit_certificate: refuse("store_failed"),
    submit_certificate: refuse("stale"),
  });
  const reason = await field(/^Reason/);
  await user.type(reason, " Rested.");
  version = 4;
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "edit_certificate").length).toBeGreaterThan(0));
  expect((await field(/^Reason/)).value).toMatch(/Rested\.$/);
});

test("escape closes the question and not what is under it", async () => {
  const { router } = open(submitted());
  await press("Return");
  await screen.findByRole("dialog");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(router.state.location.pathname).toBe(`/certificates/${PAPER}`);
});

test("a stack opens one after the other, and a key held down approves no second one", async () => {
  const left = ["a1", "a2", "a3"];
  const views = () => left;
  const { host, router } = renderApp("/certificates/a1?stack=true", {
    ...PEOPLE,
    ...PAPERS,
    printers: () => ({ rows: [] }),
    certificates: () => ({
      rows: views().map((id) => line(id)),
      next: null,
      counts: counts({ waiting: left.length }),
    }),
    certificate: ({ certificate }) => submitted({ id: certificate }),
    issue_certificate: ({ certificate }) => {
      left.splice(left.indexOf(certificate), 1);
      return { id: certificate, version: 4, number: NUMBER, conflict: false };
    },
  });
  await screen.findByText("1 of 3 to approve");
  await user.keyboard("{Enter}");
  expect(sent(host, "issue_certificate")).toEqual([]);
  await seePages();
  await glance();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/certificates/a2"));
  await user.keyboard("{Enter}");
  await screen.findByText("1 of 2 to approve");
  expect(sent(host, "issue_certificate")).toEqual([{ certificate: "a1", version: 3 }]);
  // What became of the last one stands beside the next, with the way to its paper.
  expect((await screen.findByText(/^Issued as MAIN-02-26-00418-K\./)).textContent).toContain(
    "Show and print it",
  );
  await user.keyboard("n");
  await waitFor(() => expect(router.state.location.pathname).toBe("/certificates/a3"));
  await user.keyboard("r");
  await screen.findByRole("dialog", { name: "Return to its author" });
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /^Why/ }).value).toBe("");
});

test("who submitted it takes it back to go on writing, and a computer without a printer says so", async () => {
  const { host } = open(submitted({ may: may("take_back") }), {
    printers: () => ({ rows: [] }),
    take_back_certificate: () => ({ id: PAPER, version: 4, conflict: false }),
  });
  await screen.findByText(/^No printer is set up on this computer\./);
  await user.click(await screen.findByRole("button", { name: "Take it back to go on writing" }));
  await screen.findByText("It is a draft again.");
  expect(sent(host, "take_back_certificate")).toEqual([{ certificate: PAPER, version: 3, reason: null }]);
});

test("the end of a stack leads back to the list", async () => {
  const { router } = renderApp("/certificates/a1?stack=true", {
    ...PEOPLE,
    ...PAPERS,
    certificates: () => ({ rows: [line("a1")], next: null, counts: counts({ waiting: 1 }) }),
    certificate: ({ certificate }) => submitted({ id: certificate }),
    return_certificate: () => ({ id: "a1", version: 4, conflict: false }),
  });
  await screen.findByText("1 of 1 to approve");
  await user.keyboard("r");
  await user.type(await screen.findByRole("textbox", { name: /^Why/ }), "No.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/certificates"));
});

test.each(["licence_expired", "clock_behind", "unprintable", "disputed"])(
  "a refused issue is told where it was asked: %s",
  async (code) => {
    open(submitted(), { issue_certificate: refuse(code, { field: "reason", reason: "glyph" }) });
    await approve();
    await seePages();
    await glance();
    await issueKeys();
    await screen.findByRole("alert");
    expect(screen.getByText("Submitted", { selector: "span" })).toBeTruthy();
  },
);

test("an issued one has its number, its history, and is printed again", async () => {
  const { host } = open(issued());
  await screen.findByText(NUMBER);
  const steps = within(await screen.findByRole("list", { name: "Steps of a certificate" }));
  expect(steps.getByText("Issued").getAttribute("aria-current")).toBe("step");
  const history = screen.getByRole("heading", { name: "History" }).closest("section") as HTMLElement;
  const rows = within(history)
    .getAllByRole("listitem")
    .map((row) => row.textContent);
  expect(rows[0]).toContain("Printed on Desk · Dr Maria Reyes");
  expect(rows[1]).toContain("Issued · Dr Maria Reyes22-Nov-2026 10:41");
  await user.selectOptions(screen.getByRole("combobox", { name: "Copies" }), "2");
  await press("Print again");
  await waitFor(() =>
    expect(sent(host, "print_certificate")).toEqual([{ certificate: PAPER, printer: "desk", copies: 2 }]),
  );
});

test("printing that failed is tried again once, however often it is pressed", async () => {
  let tried = 0;
  const { host } = open(issued(), {
    print_certificate: () => {
      tried += 1;
      if (tried === 1) throw new Refused("printer_failed");
      return new Promise(() => undefined);
    },
  });
  await screen.findByRole("button", { name: /^Print/ });
  await user.keyboard("{Control>}p{/Control}");
  const again = await screen.findByRole("button", { name: "Try again" });
  await user.dblClick(again);
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  expect(sent(host, "print_certificate")).toHaveLength(2);
});

test("the printers are asked for anew with each certificate", async () => {
  const { host, router } = open(issued());
  await waitFor(() => expect(sent(host, "printers")).toHaveLength(1));
  await screen.findByRole("button", { name: /^Print/ });
  await router.navigate({ to: "/certificates" });
  await waitFor(() => expect(screen.queryByRole("region")).toBeNull());
  await router.navigate({ to: "/certificates/$certificate", params: { certificate: PAPER }, search: {} });
  await waitFor(() => expect(sent(host, "printers")).toHaveLength(2));
});

test("that another paper came of the same draft is said until one is chosen, and afterwards", async () => {
  let view = issued({ disputed: [""], other_papers: ["MAIN-02-26-00001-C"] });
  const drawn = open(() => view);
  await screen.findByText(/also as MAIN-02-26-00001-C. All of them hold/);
  drawn.unmount();
  view = issued({ other_papers: ["MAIN-02-26-00001-C"] });
  open(() => view);
  await screen.findByText(/MAIN-02-26-00001-C was not chosen/);
});

test("a copy is saved in the place that was chosen, and none where none was", async () => {
  const { host } = open(issued(), { save_certificate: () => ({ name: "for the dean.pdf" }) });
  host.place = null;
  await press("Save a copy…");
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save a copy…" }).disabled).toBe(false),
  );
  expect(sent(host, "save_certificate")).toEqual([]);
  host.place = "there";
  await press("Save a copy…");
  await screen.findByText("A copy was saved as for the dean.pdf.");
  expect(sent(host, "save_certificate")).toEqual([{ certificate: PAPER, place: "there" }]);
});

test.each([
  ["full", "no room left", "Make room there"],
  ["not_allowed", "nothing may be written", "a folder of your own"],
  ["gone", "not there any more", "Put the stick back in"],
  ["records", "keeps its records in that folder", "a folder of your own"],
  ["failed", "The copy was not saved.", "Choose another place"],
])("a copy that is not saved (%s) says why and what to do", async (reason, why, what) => {
  open(issued(), { save_certificate: refuse("not_saved", { reason }) });
  await press("Save a copy…");
  const told = await screen.findByRole("alert");
  expect(told.textContent).toContain(why);
  expect(told.textContent).toContain(what);
});

test("a draft has no copy to save", async () => {
  open(submitted());
  await screen.findByRole("heading", { name: "History" });
  expect(screen.queryByRole("button", { name: "Save a copy…" })).toBeNull();
});

test("why it was returned once is history after it was issued, and no reason for the paper", async () => {
  open(issued({ details: { ...issued().details, status_reason: "Wrong days." } }));
  await screen.findByRole("heading", { name: "History" });
  expect(screen.queryByText("Wrong days.")).toBeNull();
});

test("it is revoked with a reason, and says so", async () => {
  let view = issued();
  const { host } = open(() => view, {
    revoke_certificate: () => {
      view = issued({
        status: "revoked",
        may: may(),
        details: { ...issued().details, status_reason: "Wrong person." },
      });
      return { id: PAPER, version: 5, conflict: false };
    },
  });
  await press("Revoke");
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByRole("textbox"), "Wrong person.");
  await user.click(within(dialog).getByRole("button", { name: "Revoke" }));
  await screen.findByText("Wrong person.");
  // The paper was issued without the word; it lies across the page that is shown.
  await waitFor(() =>
    expect(screen.getAllByText("Revoked").some((each) => each.tagName === "STRONG")).toBe(true),
  );
  expect(sent(host, "revoke_certificate")).toEqual([
    { certificate: PAPER, version: 3, reason: "Wrong person." },
  ]);
});

test.each([
  ["Extend", { extends: PAPER }],
  ["Replace", { replaces: PAPER }],
])("%s begins another one that follows from it", async (name, search) => {
  const { router } = open(issued());
  await press(name);
  await waitFor(() => expect(router.state.location.search).toEqual(search));
});

test("one that is not there is told", async () => {
  open(paper(), { certificate: refuse("not_found") });
  expect((await screen.findByRole("alert")).textContent).toContain("There is no such record here.");
});

test("nothing is wrong with it for whoever cannot see it", async () => {
  open(issued());
  await screen.findByText(NUMBER);
  expect(await flaws()).toEqual([]);
});

test("the own open note is signed together with the issue, as it stands", async () => {
  const order: string[] = [];
  const { host } = open(submitted({ note_open: true, details: { ...submitted().details, visit: "v1" } }), {
    visit: () => ({
      ...VISIT,
      notes: [note({ mine: false }), note({ id: "n2", version: 6, mine: true })],
    }),
    sign_note: ({ note: id }) => {
      order.push("sign");
      return { id: id ?? "", version: 7, conflict: false };
    },
    issue_certificate: ({ certificate }) => {
      order.push("issue");
      return { id: certificate, version: 4, number: NUMBER, conflict: false };
    },
  });
  await approve();
  await seePages();
  await glance();
  await issueKeys();
  await user.click(await screen.findByRole("button", { name: "Sign it and issue" }));
  await waitFor(() => expect(order).toEqual(["sign", "issue"]));
  expect(sent(host, "sign_note")).toEqual([
    { visit: "v1", note: "n2", version: 6, details: { concern: "Fever", plan: "Rest" } },
  ]);
});

test("a note with typing that was not saved is not signed from here", async () => {
  open(submitted({ note_open: true, details: { ...submitted().details, visit: "v1" } }), {
    visit: () => ({ ...VISIT, notes: [note({ mine: true })] }),
    scratches: () => ({ rows: [{ patient: PATIENT, subject: "note v1", text: "more", at: 0 }] }),
  });
  await approve();
  await seePages();
  await glance();
  await issueKeys();
  await screen.findByRole("button", { name: "Go to the note" });
  await new Promise((done) => setTimeout(done, 100));
  expect(screen.queryByRole("button", { name: "Sign it and issue" })).toBeNull();
});

const VISIT = {
  id: "v1",
  version: 1,
  patient: PATIENT,
  details: {},
  attending: null,
  disputed: [],
  notes: [],
  note_open: true,
  measured: [],
  certificates: [],
};

function note(but: Partial<NoteView>): NoteView {
  return {
    id: "n1",
    version: 5,
    visit: "v1",
    patient: PATIENT,
    author: "Dr Maria Reyes",
    author_id: null,
    mine: true,
    signed_at: null,
    details: { patient: PATIENT, concern: "Fever", plan: "Rest" },
    addenda: [],
    late: [],
    disputed: [],
    ...but,
  };
}

test("submitted spectacles say to who decides on them what there is to ask about each lens", async () => {
  const lens = { p: { sph: { n: "-2.25" } } };
  const asked = { code: "corrected" as const, weight: "asked" as const, fields: {}, path: "left" };
  const details = { ...paper().details, template: SPECTACLES.id, right: lens, left: lens, pd: "62" };
  open(submitted({ details, template: SPECTACLES.details, remarks: [asked] }));
  const left = (await screen.findByText("Left lens")).closest("div");
  expect(left?.textContent).toMatch(/−2\.25\n.*is as the refraction said before it was corrected\./);
  expect(screen.getByText("Right lens").closest("div")?.textContent).not.toMatch(/corrected/);
  expect(screen.getByText("PD, mm").closest("div")?.textContent).toMatch(/62$/);
});

test("who issues submitted spectacles says there that a lens is meant, and who may not issue them does not", async () => {
  const left = { p: { sph: { n: "-2.25" } } };
  const asked = { code: "corrected" as const, weight: "asked" as const, fields: {}, path: "left" };
  const details = { ...paper().details, template: SPECTACLES.id, left };
  const of = { details, template: SPECTACLES.details, remarks: [asked] };
  const edit_certificate: Handlers["edit_certificate"] = ({ id }) => ({ id, version: 4, conflict: false });
  const { host } = open(submitted(of), { edit_certificate });
  await press("It is meant");
  await waitFor(() => expect(sent(host, "edit_certificate")).toHaveLength(1));
  expect(sent(host, "edit_certificate")).toMatchObject([{ patch: { left: { ...left, ok: true } } }]);
  cleanup();
  open(submitted({ ...of, may: { ...submitted().may, issue: false } }));
  await screen.findByText("Left lens");
  expect(screen.queryByRole("button", { name: "It is meant" })).toBeNull();
});

test("an open draft of spectacles says what Issue would refuse of its refraction, and of a lens corrected since", async () => {
  const right = { p: { sph: { n: "-2.25" }, cyl: { n: "-0.75" }, axis: { n: "90" } } };
  const remark = (path: string, weight: "asked" | "told") => ({
    path,
    code: "corrected" as const,
    weight,
    fields: {},
  });
  const bar = { code: "invalid" as const, fields: { field: "refraction", reason: "refraction_withdrawn" } };
  const details = {
    ...paper().details,
    template: SPECTACLES.id,
    verdict: "prescribed" as const,
    lenses_for: "distance" as const,
    refraction: "01900000-0000-7000-8000-00000000f001",
    right,
    left: right,
    pd: "62",
  };
  const { host } = open(paper({ details, template: SPECTACLES.details, bars: [bar] }), {
    templates: () => ({ rows: [SPECTACLES] }),
    preview_certificate: ({ width, details }) => ({
      ...previewed(width),
      lacking: [],
      remarks: [...(details.right?.ok ? [] : [remark("right", "asked")]), remark("pd", "told")],
    }),
    edit_certificate: ({ id }) => ({ id, version: 4, conflict: false }),
    issue_certificate: refuse("invalid", bar.fields),
  });
  await screen.findByText(/The refraction that these lenses come from was withdrawn\./);
  expect(await screen.findAllByText(/is as the refraction said before it was corrected\./)).toHaveLength(2);
  await press("It is meant");
  await waitFor(() => expect(screen.queryByRole("button", { name: "It is meant" })).toBeNull());
  await issueKeys();
  const told = /The refraction that these lenses come from was withdrawn\./;
  await waitFor(() => expect(screen.getAllByText(told)).toHaveLength(2));
  expect(sent(host, "edit_certificate")).toMatchObject([{ patch: { right: { ...right, ok: true } } }]);
});
