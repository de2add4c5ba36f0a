import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import { banner, PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { keeping, later } from "../../../testing/scratch";
import { DOCTOR, session } from "../../../testing/signed-in";
import { present, VISIT, VISITING } from "../../../testing/visits";
import { taken, value, vitalSigns } from "../../../testing/vitals";

const user = userEvent.setup({ delay: null });

const { id } = person();
const open = (handlers: Handlers = {}, search = "?tab=vitals") =>
  renderApp(`/patients/${id}${search}`, { ...PEOPLE, ...VISITING, ...handlers });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T02:42:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

test("eight vital signs take less than 25 seconds of typing, and are sent in one taking of the visit", async () => {
  const { host } = open();
  await waitFor(async () => expect(document.activeElement).toBe(await field("Systolic")));
  const keys = ["148/92{Enter}", "38.4{Enter}", "96{Enter}", "18{Enter}", "98{Enter}", "{Enter}", "{Enter}"];
  for (const key of [...keys, "71.5{Enter}", "174{Enter}"]) await user.keyboard(key);
  await screen.findByText("Saved here 10:42");
  expect(sent(host, "record_vitals")).toEqual([
    {
      patient: id,
      visit: VISIT,
      values: [
        ["systolic", "148"],
        ["diastolic", "92"],
        ["temperature", "38.4"],
        ["pulse", "96"],
        ["respiration", "18"],
        ["spo2", "98"],
        ["weight", "71.5"],
        ["height", "174"],
      ].map(([sign, typed]) => ({ sign, value: typed, unit: null })),
      confirmed: [],
      minutes_ago: null,
    },
  ]);
  // 40 words a minute are 200 keystrokes of five to the word.
  const pressed = [...keys, "71.5{Enter}", "174{Enter}"].join("").replaceAll("{Enter}", "↵").length;
  expect(pressed / (200 / 60)).toBeLessThan(25);
  await waitFor(async () => expect(document.activeElement).toBe(await field("Systolic")));
  expect((await field("Systolic")).value).toBe("");
});

test.each(["120/80", " 120 / 80 "])(
  "a blood pressure that is pasted as %j stands in both of its fields",
  async (text) => {
    const { host } = open();
    for (const name of ["Systolic", "Diastolic"]) {
      await user.click(await field(name));
      await user.paste(text);
      expect([(await field("Systolic")).value, (await field("Diastolic")).value]).toEqual(["120", "80"]);
      expect(document.activeElement).toBe(await field("Diastolic"));
      await user.click(screen.getByRole("button", { name: "Clear" }));
    }
    await user.click(await field("Systolic"));
    await user.paste(text);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() =>
      expect(sent(host, "record_vitals")[0]).toMatchObject({ values: [{ value: "120" }, { value: "80" }] }),
    );
  },
);

test("a critical sign offers to make who waits urgent, with the sign as its reason", async () => {
  const { host } = open({
    banner: () => banner({ visit: present({ status: "arrived", attending: null, mine: false }) }),
    record_vitals: () => ({
      ids: ["o9"],
      levels: [{ sign: "spo2", level: "critical_low" }],
      act: ["tell_clinician"],
    }),
    edit_visit: () => ({ id: VISIT, version: 3, conflict: false }),
  });
  await user.type(await field("SpO₂"), "89{Control>}{Enter}{/Control}");
  await user.click(await screen.findByRole("button", { name: "Make urgent" }));
  await screen.findByText("Urgent: called before those who can wait.");
  expect(sent(host, "edit_visit")).toEqual([
    { id: VISIT, version: 2, patch: { urgency: "urgent", urgent_for: "SpO₂ 89 %" } },
  ]);
});

test("what is asked about is typed over, and a unit that was typed stands alone", async () => {
  open();
  const weight = await screen.findByRole<HTMLInputElement>("textbox", { name: "Weight" });
  await user.type(weight, "400{Enter}");
  await screen.findByText("400 kg? Enter again to keep");
  await user.keyboard("40");
  expect(weight.value).toBe("40");
  const temperature = screen.getByRole<HTMLInputElement>("textbox", { name: "Temperature" });
  const unit = () => temperature.parentElement?.textContent;
  expect(unit()).toBe("°C");
  await user.type(temperature, "99.1F");
  expect(unit()).toBe("");
});

test("an implausible value asks once in place, and Enter again keeps it", async () => {
  const { host } = open();
  await user.type(await field("Weight"), "400{Enter}");
  await screen.findByText("400 kg? Enter again to keep");
  expect(document.activeElement).toBe(await field("Weight"));
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(await field("Height"));
  expect(screen.queryByText(/Enter again/)).toBeNull();
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "record_vitals")[0]).toMatchObject({ confirmed: ["weight"] }));
});

test("another number after the question is another number", async () => {
  const { host } = open();
  await user.type(await field("Weight"), "400{Enter}");
  await screen.findByText("400 kg? Enter again to keep");
  await user.clear(await field("Weight"));
  await user.keyboard("40{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "record_vitals")[0]).toMatchObject({ confirmed: [] }));
});

test.each([
  ["Temperature", "48.2", "Cannot be: 12 to 47"],
  ["Pulse", "fast", "A number, such as 51"],
  ["Weight", "11 stone", "Not in this unit"],
])("%s typed as %s is refused at its field, and nothing is sent", async (name, typed, told) => {
  const { host } = open();
  await user.type(await field(name), `${typed}{Enter}`);
  await screen.findByText(told);
  const box = await field(name);
  expect(document.activeElement).toBe(box);
  expect(box.getAttribute("aria-invalid")).toBe("true");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(sent(host, "record_vitals")).toEqual([]);
});

test("a blood pressure the wrong way round is told at once, and typed anew it replaces both", async () => {
  const { host } = open();
  const told = "The upper number must be above the lower one";
  await user.type(await field("Systolic"), "80/120");
  await screen.findByText(told);
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(await field("Diastolic"));
  await user.clear(await field("Systolic"));
  expect(screen.queryByText(told)).toBeNull();
  await user.keyboard("120/80{Enter}");
  expect((await field("Systolic")).value).toBe("120");
  expect((await field("Diastolic")).value).toBe("80");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "record_vitals")[0]).toMatchObject({ values: [{ value: "120" }, { value: "80" }] }),
  );
});

test("a unit behind the number goes with it", async () => {
  const { host } = open();
  await user.type(await field("Temperature"), "101.2f{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "record_vitals")[0]).toMatchObject({
      values: [{ sign: "temperature", value: "101.2", unit: "°F" }],
    }),
  );
});

test("what the records find implausible is asked at its field, and what they refuse is told there", async () => {
  const refusals = [
    new Refused("implausible", { field: "temperature", low: "33", high: "42" }),
    new Refused("invalid", { field: "pulse" }),
    new Refused("missing", { field: "systolic" }),
    new Refused("not_permitted"),
  ];
  const { host } = open({
    record_vitals: () => {
      throw refusals.shift();
    },
  });
  const save = () => user.keyboard("{Control>}{Enter}{/Control}");
  await user.type(await field("Pulse"), "70");
  await user.type(await field("Temperature"), "110F");
  await save();
  await screen.findByText("110 °F? Enter again to keep");
  expect(document.activeElement).toBe(await field("Temperature"));
  await save();
  await screen.findByText("This value is not possible");
  expect(document.activeElement).toBe(await field("Pulse"));
  expect(sent(host, "record_vitals")[1]).toMatchObject({ confirmed: ["temperature"] });
  await save();
  await screen.findByText("The upper number is needed, too");
  await save();
  await screen.findByRole("alert");
});

test("what is to be done now is named, with the keys in the row already", async () => {
  open({ record_vitals: () => ({ ids: ["o"], levels: [], act: ["repeat_blood_pressure"] }) });
  await user.type(await field("Systolic"), "170/100{Control>}{Enter}{/Control}");
  await screen.findByText("Saved here 10:42");
  await screen.findByText("Repeat BP");
  expect(screen.queryByRole("button", { name: "Do now" })).toBeNull();
  expect(document.activeElement).toBe(await field("Systolic"));
});

test("nothing typed is not sent", async () => {
  const { host } = open();
  await field("Systolic");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Nothing is typed yet.");
  expect(sent(host, "record_vitals")).toEqual([]);
});

test("when it was taken is told where that is not now", async () => {
  const { host } = open();
  await user.type(await field("Pulse"), "70");
  await user.selectOptions(await screen.findByLabelText("Taken"), "30 min ago");
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  await waitFor(() => expect(sent(host, "record_vitals")[0]).toMatchObject({ minutes_ago: 30 }));
});

const MINUTE = 60_000;
/** Half a row, typed so many minutes ago in this visit. */
const halfARow = (minutes: number, visit: string | null = VISIT): Handlers => {
  const since = Date.now() - minutes * MINUTE;
  const text = JSON.stringify({ pulse: "88", visit, since });
  return { scratches: () => ({ rows: [{ patient: id, subject: "vitals", text, at: Date.now() }] }) };
};
const typedIn = (host: ReturnType<typeof renderApp>["host"]) =>
  sent(host, "keep_scratch").map((input) => (input as { text: string }).text);

test("half a row that is gone on with stays as old as it is, and is recorded as taken now while it is fresh", async () => {
  const { host } = open(halfARow(10));
  await waitFor(async () => expect((await field("Pulse")).value).toBe("88"));
  await screen.findByText("Restored: what you typed at 10:32.");
  await user.type(await field("Pain"), "2{Tab}");
  // Gone on with, it does not grow younger.
  const since = Date.now() - 10 * MINUTE;
  await waitFor(() =>
    expect(JSON.parse(typedIn(host).at(-1) ?? "")).toMatchObject({
      values: { pulse: "88", pain: "2" },
      visit: VISIT,
      since,
    }),
  );
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(typedIn(host).at(-1)).toBe(""));
  expect(sent(host, "record_vitals")).toMatchObject([{ minutes_ago: null }]);
});

test.each([
  ["three days ago", 3 * 24 * 60, VISIT, "19-Nov-2026 10:42"],
  ["sixteen minutes ago", 16, VISIT, "10:26"],
  ["in another visit", 5, "v0", "10:37"],
  ["in no visit", 5, null, "10:37"],
])("what was typed %s is not saved as taken now unless the person says so", async (_, ago, visit, when) => {
  const { host } = open(halfARow(ago, visit));
  await screen.findByText(`Restored: what you typed at ${when}.`);
  await user.type(await field("Height"), "{Enter}");
  await screen.findByText("Choose when this was taken.");
  const taken = await screen.findByLabelText("Taken");
  expect(document.activeElement).toBe(taken);
  expect(taken.getAttribute("aria-invalid")).toBe("true");
  expect(sent(host, "record_vitals")).toEqual([]);
  await user.selectOptions(taken, "1 h ago");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "record_vitals")).toMatchObject([{ minutes_ago: 60 }]));
});

test.each([
  ["yesterday in another visit", 24 * 60 + 3, "v0", "21-Nov-2026 10:39"],
  ["in no visit", 40, null, "10:02"],
])(
  "what was typed %s is recorded as of then and there, where the person says so",
  async (_, ago, visit, when) => {
    const { host } = open(halfARow(ago, visit));
    await user.selectOptions(await screen.findByLabelText("Taken"), `when it was typed, ${when}`);
    await user.type(await field("Pulse"), "{Control>}{Enter}{/Control}");
    await waitFor(() => expect(sent(host, "record_vitals")).toMatchObject([{ visit, minutes_ago: ago }]));
  },
);

test("what was typed longer ago than a week cannot be taken as of then, and what begins now never", async () => {
  const { unmount } = open(halfARow(7 * 24 * 60 + 1));
  const choices = async () =>
    [...(await screen.findByLabelText<HTMLSelectElement>("Taken")).options].map(({ value }) => value);
  expect(await choices()).toEqual(["", "0", "5", "15", "30", "60", "120"]);
  unmount();
  open();
  await user.type(await field("Pulse"), "70");
  expect(await choices()).toEqual(["0", "5", "15", "30", "60", "120"]);
});

test("where the visit of then takes it no more, that is told and the typing stays", async () => {
  open({
    ...halfARow(40, "v0"),
    record_vitals: () => {
      throw new Refused("invalid", { field: "visit" });
    },
  });
  await user.selectOptions(await screen.findByLabelText("Taken"), "when it was typed, 10:02");
  await user.type(await field("Pulse"), "{Control>}{Enter}{/Control}");
  const told = await screen.findByRole("alert");
  expect(told.textContent).toContain("This value is not possible: the visit.");
  expect(told.textContent).toContain("what you typed is still here");
  expect((await field("Pulse")).value).toBe("88");
});

test("typing without its visit and its age is as old as it was kept, and asked about", async () => {
  const at = Date.now() - 5 * MINUTE;
  const { host } = open({
    scratches: () => ({ rows: [{ patient: id, subject: "vitals", text: '{"pulse":"88"}', at }] }),
  });
  await screen.findByText("Restored: what you typed at 10:37.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Choose when this was taken.");
  expect(sent(host, "record_vitals")).toEqual([]);
});

test("what was left is thrown away, and what is typed then is of now", async () => {
  const { host } = open(halfARow(3 * 24 * 60));
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  expect(screen.queryByText(/Restored/)).toBeNull();
  await waitFor(() => expect(typedIn(host).at(-1)).toBe(""));
  await user.type(await field("Pulse"), "70{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "record_vitals")).toMatchObject([{ values: [{ value: "70" }], minutes_ago: null }]),
  );
});

test("Enter again while it is being saved does not record it twice, and after a refusal it does", async () => {
  const answers: ((refusal: Refused) => void)[] = [];
  const { host } = open({ record_vitals: () => new Promise((_, refuse) => answers.push(refuse)) as never });
  await user.type(await field("Pulse"), "70");
  await user.type(await field("Height"), "{Enter}{Enter}{Enter}");
  await waitFor(() => expect(answers).toHaveLength(1));
  expect(sent(host, "record_vitals")).toHaveLength(1);
  answers[0]?.(new Refused("not_permitted"));
  await screen.findByRole("alert");
  await user.type(await field("Height"), "{Enter}");
  await waitFor(() => expect(sent(host, "record_vitals")).toHaveLength(2));
});

test("what is typed on while it is being recorded changes nothing, and the row begins anew", async () => {
  let answer = () => {};
  const recorded = new Promise<void>((done) => (answer = done));
  const { host } = open({ record_vitals: () => recorded.then(() => ({ ids: ["o"], levels: [], act: [] })) });
  await user.type(await field("Pulse"), "70{Control>}{Enter}{/Control}1");
  expect((await field("Pulse")).value).toBe("70");
  answer();
  await screen.findByText("Saved here 10:42");
  await waitFor(async () => expect((await field("Pulse")).value).toBe(""));
  await user.type(await field("Pulse"), "71{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "record_vitals")).toHaveLength(2));
  expect(sent(host, "record_vitals")[1]).toMatchObject({ values: [{ value: "71" }] });
});

test("unfinished typing leads to the tab, from the chart and by its name", async () => {
  const { router } = open(halfARow(5), "?task=vitals");
  await waitFor(async () => expect((await field("Pulse")).value).toBe("88"));
  expect(router.state.location.search).toMatchObject({ tab: "vitals" });
});

test("the grid tells each value with its level, its time and its author, and grey is what is a day old", async () => {
  open();
  const grid = await screen.findByRole("region", { name: "All measurements, latest first" });
  const rows = within(grid).getAllByRole("row");
  expect(rows[1]?.textContent).toContain("22-Nov-2026 10:14Nurse Liza Cruz148/92▲ (high)38.4▲ (high)");
  expect(rows[1]?.getAttribute("data-old")).toBe("false");
  expect(rows[3]?.textContent).toContain("imported182/104‼ ▲ (critically high)");
  expect(rows[3]?.getAttribute("data-old")).toBe("true");
  expect(rows[4]?.textContent).toContain("34.9‼ ▼ (critically low)");
});

test("a value in another unit stands as it was typed, with its unit", async () => {
  const row = taken("2026-11-22T10:14:00+08:00", [
    { ...value("o1", "temperature", "101.2", "high"), unit: "°F", confirmed: true },
  ]);
  open({ vital_signs: () => vitalSigns({ rows: [row], shortened: true }) });
  const grid = await screen.findByRole("region", { name: "All measurements, latest first" });
  expect(grid.textContent).toContain("101.2▲ (high) °Fchecked and confirmed");
  await screen.findByText("Older measurements are in the timeline.");
});

test("a course can be read aloud", async () => {
  open();
  const plot = await screen.findByRole("img", { name: /^Blood pressure/ });
  expect(plot.textContent).toContain(
    "Blood pressure: 4 measurements from 11-Jun-2024 to 22-Nov-2026. Last 148/92 mmHg, 22-Nov-2026. " +
      "Expected 90 to 139. Expected 60 to 89.",
  );
  // A value alone is no course.
  expect(screen.queryByRole("img", { name: /^Height/ })).toBeNull();
});

test("a course says its days as the grid does, also of what was taken before it was that day elsewhere", async () => {
  const rows = [
    taken("2026-11-22T07:10:00+08:00", [value("o1", "pulse", "96")]),
    taken("2026-11-03T06:05:00+08:00", [value("o2", "pulse", "88")]),
  ];
  open({ vital_signs: () => vitalSigns({ rows }) });
  const plot = await screen.findByRole("img", { name: /^Pulse/ });
  expect(plot.textContent).toContain("from 03-Nov-2026 to 22-Nov-2026");
});

test("what was entered in error is withdrawn value by value, with a reason", async () => {
  const { host } = open();
  await user.click(await screen.findByRole("button", { name: "Entered in error: 22-Nov-2026 10:14" }));
  const form = await screen.findByRole("region", { name: "Withdraw measurements" });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await within(form).findByText("Choose what was entered in error.");
  await user.click(within(form).getByRole("checkbox", { name: "Temperature 38.4 °C" }));
  await user.click(within(form).getByRole("checkbox", { name: "Blood pressure 148/92 mmHg" }));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await within(form).findByText("Say why, for whoever reads it later.");
  await user.keyboard("wrong patient{Control>}{Enter}{/Control}");
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "void_vital")).toEqual([
    { id: "o2", version: 1, reason: "wrong patient" },
    { id: "o1", version: 1, reason: "wrong patient" },
  ]);
});

test("the reason for a withdrawal is found again, and the form closes once its measurements are gone", async () => {
  const pad = keeping();
  let rows = vitalSigns().rows;
  open({
    ...pad.handlers,
    vital_signs: () => vitalSigns({ rows }),
    void_vital: () => {
      rows = [];
      return { id: "o1", version: 2, conflict: false };
    },
  });
  const open_it = "Entered in error: 22-Nov-2026 10:14";
  await user.click(await screen.findByRole("button", { name: open_it }));
  await user.type(await screen.findByLabelText(/^What was wrong/), "wrong patient{Escape}");
  await waitFor(() => expect(pad.rows()[0]?.text).toBe("wrong patient"));
  await user.click(await screen.findByRole("button", { name: open_it }));
  const form = await screen.findByRole("region", { name: "Withdraw measurements" });
  expect(within(form).getByLabelText<HTMLTextAreaElement>(/^What was wrong/).value).toBe("wrong patient");
  await user.click(within(form).getByRole("checkbox", { name: "Temperature 38.4 °C" }));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(form.isConnected).toBe(false));
  await waitFor(() => expect(pad.rows()).toEqual([]));
});

test("the keys pressed again while a withdrawal is on its way withdraw nothing twice", async () => {
  const waits = [later(), later()];
  const { host } = open({
    void_vital: async () => {
      await waits[sent(host, "void_vital").length - 1]?.wait;
      return { id: "o1", version: 2, conflict: false };
    },
  });
  await user.click(await screen.findByRole("button", { name: "Entered in error: 22-Nov-2026 10:14" }));
  const form = await screen.findByRole("region", { name: "Withdraw measurements" });
  await user.click(within(form).getByRole("checkbox", { name: "Temperature 38.4 °C" }));
  await user.click(within(form).getByRole("checkbox", { name: "Blood pressure 148/92 mmHg" }));
  await user.type(within(form).getByRole("textbox"), "wrong patient{Control>}{Enter}{Enter}{/Control}");
  waits[0]?.answer();
  await waitFor(() => expect(sent(host, "void_vital")).toHaveLength(2));
  await user.keyboard("{Control>}{Enter}{/Control}");
  waits[1]?.answer();
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "void_vital").map((input) => (input as { id: string }).id)).toEqual(["o2", "o1"]);
});

test("what is left to withdraw after a refusal is withdrawn, and what was withdrawn is not again", async () => {
  const refusals = [null, new Refused("disk_full"), null];
  const { host } = open({
    void_vital: () => {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      return { id: "o1", version: 2, conflict: false };
    },
  });
  await user.click(await screen.findByRole("button", { name: "Entered in error: 22-Nov-2026 10:14" }));
  const form = await screen.findByRole("region", { name: "Withdraw measurements" });
  await user.click(within(form).getByRole("checkbox", { name: "Temperature 38.4 °C" }));
  await user.click(within(form).getByRole("checkbox", { name: "Blood pressure 148/92 mmHg" }));
  await user.type(within(form).getByRole("textbox"), "wrong patient{Control>}{Enter}{/Control}");
  await within(form).findByRole("alert");
  // What is withdrawn is chosen no more; the one by whose name the reason is kept is left.
  expect(within(form).queryByRole("checkbox", { name: "Temperature 38.4 °C" })).toBeNull();
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(form.isConnected).toBe(false));
  expect(sent(host, "void_vital").map((input) => (input as { id: string }).id)).toEqual(["o2", "o1", "o1"]);
});

test("who may not record reads, and types nothing", async () => {
  const permissions = DOCTOR.filter((each) => each !== "observation.record");
  open({ session: () => session({ permissions }) });
  await screen.findByRole("region", { name: "All measurements, latest first" });
  expect(screen.queryByLabelText("Pulse")).toBeNull();
  expect(screen.queryByRole("button", { name: /Entered in error/ })).toBeNull();
});

test("nothing measured says what belongs here", async () => {
  open({ vital_signs: () => vitalSigns({ rows: [] }) });
  await screen.findByText("No vital signs yet. The first ones are typed above.");
});

test("the alert leads to the row, and the keys are in it; so does Alt M", async () => {
  open({}, "");
  const alerts = await screen.findByRole("region", { name: "Alerts" });
  expect(alerts.textContent).toContain("Repeat BP");
  expect(alerts.textContent).toContain("148/92 mmHg at 10:14, first time raised");
  await user.click(within(alerts).getByRole("button", { name: "Do now" }));
  await waitFor(async () => expect(document.activeElement).toBe(await field("Systolic")));
  await user.click(screen.getByRole("tab", { name: "Timeline" }));
  await user.keyboard("{Alt>}m{/Alt}");
  await waitFor(async () => expect(document.activeElement).toBe(await field("Systolic")));
});

test("the card leads to the row, and the keys are in it", async () => {
  open({}, "");
  await user.click(await screen.findByRole("button", { name: "Record: Vital signs" }));
  await waitFor(async () => expect(document.activeElement).toBe(await field("Systolic")));
});
