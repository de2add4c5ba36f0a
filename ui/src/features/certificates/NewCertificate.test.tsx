import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { flaws, layOut } from "../../testing/on-screen";
import {
  FITNESS,
  issued,
  NUMBER,
  offered,
  pages,
  PAPER,
  paper,
  PAPERS,
  PATIENT,
  SLIP,
  SPECTACLES,
} from "../../testing/papers";
import { filledView } from "../../testing/forms";
import { PEOPLE } from "../../testing/people";
import { renderApp } from "../../testing/render";
import { keeping } from "../../testing/scratch";
import { DOCTOR, session } from "../../testing/signed-in";
import { VISIT, VISITING, visitView } from "../../testing/visits";

const user = userEvent.setup({ delay: null });
beforeEach(layOut);

const KEPT = { id: PAPER, version: 1, conflict: false };
const ISSUED = { id: PAPER, version: 2, number: NUMBER, conflict: false };

/** Becomes a record, and an issued one when it is issued. */
function written(handlers: Handlers = {}): Handlers {
  let view = paper();
  return {
    ...PEOPLE,
    ...PAPERS,
    draft_certificate: () => KEPT,
    issue_certificate: () => {
      view = issued();
      return ISSUED;
    },
    certificate: () => view,
    ...handlers,
  };
}
const open = (handlers: Handlers = {}, search = "") =>
  renderApp(`/patients/${PATIENT}/certificates/new${search}`, written(handlers));
type Drawn = ReturnType<typeof open>;
const sent = (host: Drawn["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const field = (name: RegExp) => screen.findByRole<HTMLInputElement>("textbox", { name });
const issueKeys = () => user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
const refuse =
  (code: string, fields = {}) =>
  () => {
    throw new Refused(code, fields);
  };
const DESK = session({
  role: "front_desk",
  permissions: DOCTOR.filter((each) => each !== "certificate.approve"),
});

test("in a visit one key begins its slip, a letter says where to, and it is issued", async () => {
  const details = {
    status: "in_progress",
    arrived_at: "2026-11-22T09:10:00+08:00",
    ended_at: "2026-11-22T09:40:00+08:00",
    concern: "Headache",
  } as const;
  const { host } = renderApp(
    `/patients/${PATIENT}`,
    written({
      ...VISITING,
      templates: () => ({ rows: [offered(), SLIP] }),
      visit: () => visitView({ details }),
    }),
  );
  await screen.findByRole("button", { name: "Slip" });
  await user.keyboard("{Alt>}l{/Alt}");
  await waitFor(() => expect(document.activeElement?.closest("[data-field=sent_to]")).not.toBeNull());
  await user.keyboard("h");
  await issueKeys();
  await screen.findByText(NUMBER);
  expect(sent(host, "draft_certificate")).toEqual([
    {
      patient: PATIENT,
      visit: VISIT,
      extends: null,
      replaces: null,
      details: {
        template: SLIP.id,
        verdict: "not_fit",
        examined: "2026-11-22",
        from: "2026-11-22",
        until: "2026-11-22",
        reason: "Headache",
        paper: "a5",
        came_at: "09:10",
        left_at: "09:40",
        sent_to: "home",
      },
    },
  ]);
});

test("from the open chart to paper: the button, the reason, the keys", async () => {
  const { host, router } = renderApp(`/patients/${PATIENT}`, written());
  await user.click(await screen.findByRole("button", { name: "Certificate" }));
  await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("reason"));
  await user.keyboard("Acute febrile illness");
  await issueKeys();
  await screen.findByText(NUMBER);
  expect(sent(host, "draft_certificate")).toEqual([
    {
      patient: PATIENT,
      visit: null,
      extends: null,
      replaces: null,
      details: {
        template: offered().id,
        verdict: "not_fit",
        examined: "2026-11-22",
        from: "2026-11-22",
        until: "2026-11-22",
        reason: "Acute febrile illness",
        addressee: "To whom it may concern",
        paper: "a5",
      },
    },
  ]);
  expect(sent(host, "issue_certificate")).toEqual([{ certificate: PAPER, version: 1 }]);
  expect(sent(host, "print_certificate")).toEqual([{ certificate: PAPER, printer: "desk", copies: 1 }]);
  await screen.findByText("Sent to Desk: 1 copy.");
  expect(router.state.location.pathname).toBe(`/certificates/${PAPER}`);
});

test("the page follows what is typed, and the days are counted behind it", async () => {
  const { host } = open();
  await user.type(await field(/^Recommendation/), "Rest");
  await waitFor(() =>
    expect(sent(host, "preview_certificate").at(-1)).toMatchObject({ details: { recommendation: "Rest" } }),
  );
  expect(sent(host, "preview_certificate").length).toBeLessThan(4);
  await screen.findByText(/^3 days · back on Tue 24-Nov-2026$/);
  await screen.findByText("1 day before the examination is by the patient’s account.");
  await screen.findByText(/^This certifies that Gustavo Mejía/);
});

test("the page before stays while the next is made", async () => {
  open();
  const [first] = await screen.findAllByRole("img", { name: /^Page 1/ });
  fireEvent.load(first as HTMLElement);
  await user.type(await field(/^Recommendation/), "Rest");
  await waitFor(() => expect(screen.getAllByRole("img", { name: /^Page 1/ })[0]).not.toBe(first));
  expect(first?.isConnected).toBe(true);
  expect(first?.dataset["shown"]).toBe("true");
  const [next] = screen.getAllByRole("img", { name: /^Page 1/ });
  fireEvent.load(next as HTMLElement);
  await waitFor(() => expect(first?.isConnected).toBe(false));
  expect(next?.dataset["shown"]).toBe("true");
});

test("a day has its weekday, moves by the arrow keys, and the last one keeps its distance", async () => {
  open();
  const from = await field(/^From/);
  const until = await field(/^Until/);
  expect(from.value).toBe("Sun 22-Nov-2026");
  await user.clear(until);
  await user.type(until, "3d{Tab}");
  expect(until.value).toBe("Tue 24-Nov-2026");
  await user.click(from);
  await user.keyboard("{ArrowDown}");
  expect(from.value).toBe("Sat 21-Nov-2026");
  expect(until.value).toBe("Mon 23-Nov-2026");
});

test("what is no day is told at its field and nothing is sent", async () => {
  const { host } = open();
  const until = await field(/^Until/);
  await user.clear(until);
  await user.type(until, "soon{Tab}");
  await screen.findByText("Write the day as 24/11, 24/11/2026, +2, or 3d for three days.");
  await issueKeys();
  expect(sent(host, "draft_certificate")).toEqual([]);
  expect(document.activeElement).toBe(until);
});

test("a last day before the first is told at its field as it is typed; no days are counted and nothing is sent", async () => {
  const { host } = open();
  await screen.findByText(/^3 days · back on Tue 24-Nov-2026$/);
  const until = await field(/^Until/);
  await user.clear(until);
  await user.type(until, "20/11");
  await screen.findByText("The last day cannot be before the first.");
  expect(until.getAttribute("aria-invalid")).toBe("true");
  expect(screen.queryByText(/^3 days/)).toBeNull();
  await screen.findByText("Not saved yet: correct what is marked.");
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Keep as a draft" }));
  await issueKeys();
  expect(sent(host, "draft_certificate")).toEqual([]);
  expect(document.activeElement).toBe(until);
  const from = await field(/^From/);
  await user.clear(from);
  await user.type(from, "19/11{Tab}");
  expect(until.getAttribute("aria-invalid")).not.toBe("true");
  await screen.findByText(/^3 days/);
});

test("what the page refuses of a field is told at that field", async () => {
  open({ preview_certificate: refuse("invalid", { field: "examined" }) });
  const examined = await field(/^Examined/);
  await waitFor(() => expect(examined.getAttribute("aria-invalid")).toBe("true"));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.queryByText(/^3 days/)).toBeNull();
});

test("each field says whether it is printed or kept, and the diagnosis is printed by consent alone", async () => {
  open();
  const labelled = (name: string) => screen.findByRole("textbox", { name });
  await labelled("Reason for the verdict kept, not printed");
  await labelled("Recommendation printed");
  await labelled("Diagnosis kept, not printed");
  await user.click(screen.getByRole("radio", { name: "Yes, patient agreed" }));
  await labelled("Diagnosis printed");
});

test("limits are asked for where the verdict has some", async () => {
  open();
  await field(/^Reason/);
  expect(screen.queryByRole("textbox", { name: /^Limits/ })).toBeNull();
  await user.click(screen.getByRole("radio", { name: "Fit with limits" }));
  await field(/^Limits/);
});

test("what is lacking is told at its fields, and nothing is written", async () => {
  const { host } = open({
    preview_certificate: ({ width }) => ({
      ...pages(width),
      days: null,
      lacking: ["reason", "recommendation"],
      bars: [],
      remarks: [],
    }),
  });
  await screen.findAllByRole("img", { name: /^Page 1/ });
  await issueKeys();
  expect((await screen.findAllByText("Fill this in first.")).length).toBe(2);
  expect(document.activeElement?.getAttribute("name")).toBe("reason");
  expect(sent(host, "draft_certificate")).toEqual([]);
});

test("whoever may not issue submits", async () => {
  const { host } = open({
    session: () => DESK,
    templates: () => ({ rows: [offered({ may_issue: false })] }),
    submit_certificate: () => KEPT,
  });
  await user.type(await field(/^Reason/), "Fever");
  expect(screen.queryByRole("button", { name: /^Issue/ })).toBeNull();
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "submit_certificate")).toEqual([{ certificate: PAPER, version: 1, reason: null }]),
  );
  expect(sent(host, "issue_certificate")).toEqual([]);
});

test("a draft is kept without being sent on", async () => {
  const { host, router } = open();
  await user.click(await screen.findByRole("button", { name: "Keep as a draft" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/certificates/${PAPER}`));
  expect(sent(host, "issue_certificate")).toEqual([]);
});

test.each(["until", "reason", "verdict", "template"])("a refused %s is told at its field", async (name) => {
  open({ draft_certificate: refuse("invalid", { field: name }) });
  await field(/^Reason/);
  await issueKeys();
  const words = name === "until" ? "The last day cannot be before the first." : "This value is not possible.";
  const told = await screen.findByText(words);
  expect(told.closest("[data-field]")?.getAttribute("data-field")).toBe(name);
  expect(document.activeElement?.closest("[data-field]")).toBe(told.closest("[data-field]"));
});

test.each([
  ["not_permitted", "Your role does not permit this."],
  ["disk_full", "The disk of this computer is full."],
  ["account_inactive", "not active"],
])("that nothing was written is told above the form: %s", async (code, words) => {
  const { router } = open({ draft_certificate: refuse(code) });
  await user.type(await field(/^Reason/), "Fever");
  await issueKeys();
  expect((await screen.findByRole("alert")).textContent).toContain(words);
  expect((await field(/^Reason/)).value).toBe("Fever");
  expect(router.state.location.pathname).toContain("/new");
});

test.each([
  ["licence_expired", "licence"],
  ["illegal_move", "present state"],
  ["clock_behind", "clock"],
])("that it was written and not issued is told at the draft: %s", async (code, words) => {
  const { router } = open({ issue_certificate: refuse(code) });
  await field(/^Reason/);
  await issueKeys();
  await waitFor(() => expect(router.state.location.pathname).toBe(`/certificates/${PAPER}`));
  expect((await screen.findByRole("alert")).textContent).toMatch(new RegExp(words, "i"));
});

test.each(["no_printer", "not_printed"])(
  "issued and not printed: %s is told with the number and can be tried again",
  async (code) => {
    let tries = 0;
    const { host } = open({
      print_certificate: ({ copies }) => {
        if (tries++ === 0) throw new Refused(code, { printer: "Desk" });
        return { job: "1", copies, printer: "desk" };
      },
    });
    await field(/^Reason/);
    await issueKeys();
    await screen.findByText(`Issued as ${NUMBER}. It was not printed:`);
    await user.click(within(await screen.findByRole("alert")).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(sent(host, "print_certificate").length).toBe(2);
  },
);

test("an open note of the visit is asked about before anything is issued", async () => {
  const { host, router } = open(
    { certificate: () => paper({ note_open: true, details: { ...paper().details, visit: "v1" } }) },
    "?visit=v1",
  );
  await field(/^Reason/);
  await issueKeys();
  const dialog = await screen.findByRole("dialog", { name: "Your note is not signed" });
  expect(sent(host, "issue_certificate")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Go to the note" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ task: "note v1" }));
});

test("a day that cannot be read yet is found again as it was typed, and nothing is sent of it", async () => {
  const pad = keeping();
  const { host, router } = open(pad.handlers);
  await user.clear(await field(/^Until/));
  await user.type(await field(/^Until/), "soon{Escape}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/patients/${PATIENT}`));
  const params = { patient: PATIENT };
  await router.navigate({ to: "/patients/$patient/certificates/new", params, search: {} });
  expect((await field(/^Until/)).value).toBe("soon");
  await screen.findByText("Write the day as 24/11, 24/11/2026, +2, or 3d for three days.");
  await issueKeys();
  expect(sent(host, "draft_certificate")).toEqual([]);
  expect(document.activeElement).toBe(await field(/^Until/));
});

test("how long an extension of fitness holds is not filled in", async () => {
  const fit = issued({ details: { ...issued().details, verdict: "fit" } });
  open({ certificate: () => fit }, `?extends=${PAPER}`);
  expect((await field(/^From/)).value).toBe("Tue 24-Nov-2026");
  expect((await field(/^Until/)).value).toBe("");
});

test("an extension begins the day after its predecessor, which it names", async () => {
  const { host } = open({ certificate: () => issued() }, `?extends=${PAPER}`);
  expect((await field(/^From/)).value).toBe("Tue 24-Nov-2026");
  await issueKeys();
  await waitFor(() =>
    expect(sent(host, "draft_certificate")[0]).toMatchObject({ extends: PAPER, replaces: null }),
  );
});

test("the template brings its paper, and the printer may be left out", async () => {
  const { host } = open();
  await user.selectOptions(await screen.findByRole("combobox", { name: /^Template/ }), FITNESS.id);
  expect(screen.getByRole<HTMLSelectElement>("combobox", { name: "Paper" }).value).toBe("a4");
  await user.selectOptions(screen.getByRole("combobox", { name: "Printer" }), "");
  await user.click(screen.getByRole("button", { name: "Issue" }));
  await screen.findByText(NUMBER);
  expect(sent(host, "print_certificate")).toEqual([]);
});

test("without a template there is nothing to fill in", async () => {
  open({ templates: () => ({ rows: [] }) });
  await screen.findByText("No template may be used here. An administrator can allow one.");
});

test("the page that cannot be made is told above the one before it", async () => {
  open({ preview_certificate: refuse("store_failed") });
  expect((await screen.findByRole("alert")).textContent).toContain("could not be read or written");
});

test("nothing is wrong with the form for whoever cannot see it", async () => {
  open();
  await screen.findAllByRole("img", { name: /^Page 1/ });
  expect(await flaws()).toEqual([]);
});

test("spectacles begin with the lenses of their refraction", async () => {
  const subjective = {
    p: {
      method: { c: "subjective" },
      sph: { n: "-2.25" },
      cyl: { n: "-0.75" },
      axis: { n: "90" },
      add: { n: "2.5" },
    },
  };
  const refraction = filledView({
    form: "eye.refraction@1",
    answers: { "lens:R:a": subjective, "lens:L:a": { x: "eye_absent" }, pd: { n: "62" } },
  });
  open(
    {
      templates: () => ({ rows: [offered(), SPECTACLES] }),
      filled: () => refraction,
      preview_certificate: ({ width }) => ({
        ...pages(width),
        days: null,
        lacking: [],
        bars: [],
        remarks: [],
      }),
    },
    `?spectacles=${refraction.id}`,
  );
  const sphere = await field(/^Right, Sphere$/);
  expect(sphere.value).toBe("−2.25");
  expect((await field(/^Right, Add/)).value).toBe("+2.50");
  expect(screen.getByText("Left: no eye there", { exact: false })).toBeTruthy();
  // What nobody chose yet is shown as such, and the keys begin there.
  const purpose = screen.getByLabelText<HTMLSelectElement>("Spectacles for");
  expect(purpose.selectedOptions[0]?.textContent).toBe("Not chosen yet");
  expect(document.activeElement).toBe(purpose);
});
