import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Forms } from "../../generated/Forms";
import type { Remark } from "../../generated/Remark";
import type { WriteForm } from "../../generated/WriteForm";
import type { Handlers } from "../../host/memory";
import { addendum, FORMS, filledRow, filledView, formView, signedView } from "../../testing/forms";
import { MOUTH, mouth, teeth } from "../../testing/mouth";
import { banner, PEOPLE, person } from "../../testing/people";
import { renderApp } from "../../testing/render";
import { seconds } from "../../testing/strikes";
import { DENTIST, DOCTOR, OPTOMETRIST, session } from "../../testing/signed-in";
import { present, VISIT } from "../../testing/visits";

const user = userEvent.setup({ delay: null });
const AT = `/patients/${person().id}?tab=eye`;
const KEEP = "{Control>}{Enter}{/Control}";

function open(form: string | null, but: Handlers = {}, permissions = [...DOCTOR, ...OPTOMETRIST]) {
  const task = form === null ? "" : `&task=form%20eye.${form}%20${VISIT}`;
  return renderApp(`${AT}${task}`, {
    ...PEOPLE,
    banner: () => banner({ visit: present() }),
    scratches: () => ({ rows: [] }),
    ...FORMS,
    ...but,
    session: () => session({ permissions }),
  });
}
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const written = async (host: ReturnType<typeof renderApp>["host"], name = "save_form") => {
  await waitFor(() => expect(sent(host, name)).toHaveLength(1));
  return Object.entries((sent(host, name)[0] as WriteForm).answers);
};
const box = (label: string) => screen.findByLabelText<HTMLInputElement>(label);
const always = (...remarks: Remark[]): Handlers => ({
  check_form: () => ({ remarks, hidden: [], derived: {} }),
});

test("a row that is typed in one go fills both eyes, and each reading is one value of its own name", async () => {
  const { host } = open("refraction");
  await user.type(await box("Method"), "s{Enter}");
  await user.keyboard("-225-75x90{Enter}-250-100x180{Enter}");
  await user.keyboard(KEEP);
  const answers = await written(host);
  const names = answers.map(([path]) => path.split(":"));
  expect(names.map(([item, side]) => `${item}:${side}`)).toEqual(["lens:R", "lens:L"]);
  expect(new Set(names.map(([, , reading]) => reading)).size).toBe(1);
  expect(answers.map(([, answer]) => answer)).toEqual([
    {
      p: { method: { c: "subjective" }, sph: { n: "-2.25" }, cyl: { n: "-0.75" }, axis: { n: "90" } },
    },
    {
      p: { method: { c: "subjective" }, sph: { n: "-2.5" }, cyl: { n: "-1" }, axis: { n: "180" } },
    },
  ]);
});

test("powers stand with their sign and both digits once the keys have gone on, and as they were typed under them", async () => {
  open("refraction");
  await user.type(await box("Method"), "s{Enter}");
  const boxOf = (part: RegExp) => screen.getByLabelText<HTMLInputElement>(part);
  const sphere = boxOf(/^Right, Sph/);
  await user.keyboard("2.5{Enter}");
  expect(sphere.value).toBe("+2.50");
  await user.click(sphere);
  expect([sphere.value, sphere.selectionEnd]).toEqual(["2.5", 3]);
  await user.keyboard("2.555{Enter}");
  expect(sphere.value).toBe("2.555");
});

test("an equals sign takes the whole row of the other eye, and a dash with a letter says why there is none", async () => {
  const { host } = open("refraction");
  await user.type(await box("Right, Sph"), "-1{Enter}-.5{Enter}5");
  await user.type(await box("Left, Sph"), "=");
  expect((await box("Left, Axis")).value).toBe("5");
  await user.type(await box("PD, mm"), "-u");
  await user.keyboard(KEEP);
  const answers = Object.fromEntries(
    (await written(host)).map(([path, answer]) => [path.slice(0, 6), answer]),
  );
  expect(answers["lens:L"]).toEqual(answers["lens:R"]);
  expect(answers["pd"]).toEqual({ x: "unable" });
});

test("a dash alone is asked about and not kept, and nothing typed is lost", async () => {
  const { host } = open("refraction");
  await user.type(await box("Right, Sph"), `-${KEEP}`);
  await screen.findByText(/^Say why: -n not tested/);
  expect((await box("Right, Sph")).getAttribute("aria-invalid")).toBe("true");
  expect(sent(host, "save_form")).toEqual([]);
});

test("what is offered is taken by Enter alone", async () => {
  const zero: Handlers = {
    check_form: ({ answers }) => {
      const [path = "", answer] = Object.entries(answers)[0] ?? [];
      const remarks: Remark[] =
        answer?.p?.["axis"]?.n === "0"
          ? [
              {
                path,
                part: "axis",
                code: "axis_zero",
                weight: "refused",
                fields: {},
                offer: { p: { ...answer.p, axis: { n: "180" } } },
              },
            ]
          : [];
      return { remarks, hidden: [], derived: {} };
    },
  };
  open("refraction", zero);
  await user.type(await box("Right, Sph"), "-1{Enter}-.5{Enter}0");
  await screen.findByText("0 is written 180. Axes run from 1 to 180.", { exact: false });
  expect((await box("Right, Axis")).value).toBe("0");
  await user.keyboard("{Enter}");
  expect((await box("Right, Axis")).value).toBe("180");
  expect(document.activeElement).toBe(await box("Right, Add"));
});

test("what is offered for both eyes says so, and is not taken before it was seen", async () => {
  const feet: Handlers = {
    check_form: ({ answers }) => {
      const [path = "", answer] = Object.entries(answers)[0] ?? [];
      const { chart, value } = answer?.p ?? {};
      const wrong = value?.t === "0.2" && chart?.c === "snellen_m";
      const offer = { p: { ...answer?.p, chart: { c: "logmar" } } };
      const remark = { path, part: "value", code: "wrong_notation", weight: "refused", fields: {}, offer };
      return { remarks: wrong ? [remark as Remark] : [], hidden: [], derived: {} };
    },
  };
  open("acuity", feet);
  await user.type(await box("Right, Acuity"), "0.2");
  const chart = document.querySelector<HTMLSelectElement>('[name="va.chart"]') as HTMLSelectElement;
  await user.selectOptions(chart, "Snellen, metres");
  (await box("Right, Acuity")).focus();
  await screen.findByRole("button", { name: /take Chart logMAR for both eyes/ });
  await user.keyboard("{Enter}");
  expect(chart.value).toBe("snellen_m");
  expect(document.activeElement).toBe(await box("Right, Acuity"));
  await user.keyboard("{Enter}");
  expect(chart.value).toBe("logmar");
});

test("what is wrong stands below its row, and the field with the keys is in sight with it", async () => {
  const shown = vi.spyOn(Element.prototype, "scrollIntoView");
  const remarks: Handlers = {
    check_form: ({ answers }) => {
      const found = Object.keys(answers).filter((path) => answers[path]?.p?.["sph"]?.n === "55");
      const refused = { part: "sph", code: "impossible", weight: "refused" } as const;
      const fields = { low: "-40", high: "40", unit: "D" };
      return { remarks: found.map((path) => ({ path, ...refused, fields })), hidden: [], derived: {} };
    },
  };
  const { host } = open("refraction", remarks);
  await user.type(await box("Right, Sph"), "55");
  await user.type(await box("PD, mm"), `62${KEEP}`);
  const told = await screen.findByText(/cannot be: it is from -40 to 40 D/);
  const sphere = await box("Right, Sph");
  expect(document.activeElement).toBe(sphere);
  expect(sphere.getAttribute("aria-describedby")).toBe(told.id);
  const before = (one: Node, other: Node) =>
    Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  expect([before(sphere, told), before(told, await box("Left, Sph"))]).toEqual([true, true]);
  expect(shown.mock.contexts.slice(-2)).toEqual([told, sphere]);
  expect(sent(host, "save_form")).toEqual([]);
  shown.mockRestore();
});

test("what is unlikely is asked about once, and that it is meant stays with the value", async () => {
  const unlikely: Handlers = {
    check_form: ({ answers }) => {
      const [path = "", answer] = Object.entries(answers)[0] ?? [];
      const asks = answer?.p?.["value"]?.n === "44" && !answer.p["value"].ok;
      const remark: Remark = {
        path,
        part: "value",
        code: "implausible",
        weight: "asked",
        fields: { low: "5", high: "30" },
      };
      return { remarks: asks ? [remark] : [], hidden: [], derived: {} };
    },
  };
  const { host } = open("pressure", unlikely);
  await user.type(await box("Right, Pressure, mmHg"), `44${KEEP}`);
  await screen.findByText(/is unlikely: usual is 5 to 30/);
  expect(sent(host, "save_form")).toEqual([]);
  await user.click(screen.getByRole("button", { name: /It is meant/ }));
  await user.keyboard(KEEP);
  expect((await written(host))[0]?.[1]).toMatchObject({ p: { value: { n: "44", ok: true } } });
});

test("what is asked about how both eyes were measured is asked once", async () => {
  const dry = (path: string): Remark => ({
    path,
    part: "method",
    code: "after_drops",
    weight: "asked",
    fields: { at: "09:38" },
  });
  const { host } = open("refraction", {
    check_form: ({ answers }) => {
      const lenses = Object.entries(answers).filter(([, answer]) => answer?.p?.["method"]?.ok !== true);
      return { remarks: lenses.map(([path]) => dry(path)), hidden: [], derived: {} };
    },
  });
  await user.type(await box("Method"), "s{Enter}");
  await user.keyboard(`-1{Enter}{Enter}{Enter}{Enter}-2${KEEP}`);
  await screen.findByText(/is one without drops, but drops were given at 09:38/);
  expect(screen.getAllByRole("button", { name: /It is meant/ })).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: /It is meant/ }));
  await user.keyboard(KEEP);
  const meant = (await written(host)).map(([, answer]) => answer.p?.["method"]?.ok);
  expect(meant).toEqual([true, true]);
});

test("another reading goes into the same form beside the one that stands, which is not touched", async () => {
  const { host } = open("pressure", {
    form: ({ form }) => formView(form, { open: filledView() }),
  });
  await user.type(await box("Left, Pressure, mmHg"), `17${KEEP}`);
  await waitFor(() => expect(sent(host, "save_form")).toHaveLength(1));
  const { filled, version, answers } = sent(host, "save_form")[0] as WriteForm;
  expect([filled, version]).toEqual(["f1", 3]);
  expect(answers).toMatchObject(filledView().answers);
  expect(Object.keys(answers)).toHaveLength(3);
});

test("the value of last time is taken by a key and says of which day it is", async () => {
  open("pressure", {
    form: ({ form }) => formView(form, { last: { "target:R": { answer: { n: "18" }, day: "2026-08-12" } } }),
  });
  await user.type(await box("Right, Target, mmHg"), "{Alt>}{ArrowDown}{/Alt}");
  expect((await box("Right, Target, mmHg")).value).toBe("18");
  await screen.findByText("as on 12-Aug-2026");
  await user.type(await box("Right, Target, mmHg"), "9");
  expect(screen.queryByText("as on 12-Aug-2026")).toBeNull();
});

test("all findings are normal by one key, then exceptions; nobody looked is never normal", async () => {
  const { host } = open("fundus");
  const macula = await screen.findByLabelText<HTMLSelectElement>("Right, Macula");
  expect(macula.selectedOptions[0]?.textContent).toBe("Not examined");
  await user.selectOptions(macula, "Oedema");
  await user.keyboard("{Alt>}n{/Alt}");
  await user.type(screen.getByLabelText("Right, Macula, in words"), "cystoid");
  await user.keyboard(KEEP);
  expect(Object.fromEntries(await written(host))).toEqual({
    "macula:R": { s: ["oedema"], w: "cystoid" },
    "macula:L": { c: "normal" },
    "vessels:R": { c: "normal" },
    "vessels:L": { c: "normal" },
  });
});

test("a form is not signed while something lacks, which is told at its place", async () => {
  const { host } = open("pressure", always({ path: "iop:L", code: "needed", weight: "to_sign", fields: {} }));
  await user.type(await box("Right, Pressure, mmHg"), "16");
  await user.click(screen.getByRole("button", { name: "Sign" }));
  await screen.findByText(/is needed before the form is signed/);
  expect(document.activeElement).toBe(await box("Left, Pressure, mmHg"));
  expect(sent(host, "sign_form")).toEqual([]);
});

test("the tab shows the newest of each form, its values with what there is to say, and which are open", async () => {
  open(null, {
    filled_forms: () => ({
      rows: [
        filledRow(),
        filledRow({
          id: "f0",
          visit: "v0",
          at: "2026-08-12T09:00:00+08:00",
          signed: true,
          line: "R 19 mmHg",
        }),
      ],
      next: null,
    }),
  });
  const [first] = await screen.findAllByRole("heading", { name: "Pressure" });
  const card = first?.closest("section") as HTMLElement;
  await within(card).findByText(/is above the target 18 mmHg/);
  await within(card).findByRole("columnheader", { name: /09:34 · Goldmann/ });
  await user.click(await screen.findByText("R 19 mmHg"));
  await waitFor(() => expect(screen.getAllByRole("heading", { name: "Pressure" })).toHaveLength(2));
  screen.getByRole("button", { name: /^Pressure ?\(open\)/ });
  await user.click(within(card).getByRole("button", { name: "Go on" }));
  await box("Right, Pressure, mmHg");
});

test("a refraction of both eyes takes 20 seconds of typing", async () => {
  const { host } = open("refraction");
  (await box("Method")).focus();
  const strikes = `s{Enter}-225-75x90{Enter}-250-100x180{Enter}${KEEP}`;
  await user.keyboard(strikes);
  expect(await written(host)).toHaveLength(2);
  expect(seconds(strikes, 3)).toBeLessThan(20);
});

test("an acuity and a pressure of both eyes take 25 seconds of typing, the way to the second form with them", async () => {
  const { host } = open("acuity");
  await box("With");
  document.querySelector<HTMLElement>('[name="va.chart"]')?.focus();
  const acuity = `s{Enter}u{Enter}{Enter}6/9{Enter}{Enter}6/12${KEEP}`;
  await user.keyboard(acuity);
  const said = (await written(host)).map(([, answer]) => answer.p?.["value"]);
  expect(said).toEqual([{ t: "6/9" }, { t: "6/12" }]);
  cleanup();
  const drawn = open("pressure");
  (await box("Method")).focus();
  const pressure = `g{Enter}{Enter}16{Enter}17${KEEP}`;
  await user.keyboard(pressure);
  expect((await written(drawn.host)).map(([, answer]) => answer.p?.["value"])).toEqual([
    { n: "16" },
    { n: "17" },
  ]);
  // To point at the second form and to press: 1.3 s.
  expect(seconds(acuity, 4) + seconds(pressure, 3) + 1.3).toBeLessThan(25);
});

const dental = (form: string | null, but: Handlers = {}) =>
  renderApp(`/patients/${person().id}?tab=dental${form ? `&task=form%20dental.${form}%20${VISIT}` : ""}`, {
    ...PEOPLE,
    banner: () => banner({ visit: present() }),
    scratches: () => ({ rows: [] }),
    ...MOUTH,
    ...FORMS,
    ...but,
    session: () => session({ permissions: [...DOCTOR, ...DENTIST] }),
  });

test("plaque is typed tooth by tooth, and of a tooth of which nobody knows that it is there nothing is clean by one key", async () => {
  const shown = teeth().map((each) => ({
    ...each,
    stands: each.tooth === "36" ? ("present" as const) : ("unknown" as const),
  }));
  const { host } = dental("hygiene", { mouth: () => mouth({ teeth: shown }) });
  await user.type(await box("Tooth 26, Plaque"), "mb");
  expect(screen.queryByLabelText("Tooth 55, Plaque")).toBeNull();
  await user.keyboard("{Alt>}n{/Alt}");
  await user.selectOptions(await screen.findByLabelText("Tooth 16, Debris"), "1 up to a third");
  await user.keyboard(KEEP);
  expect(Object.fromEntries(await written(host))).toEqual({
    "debris:T16": { c: "1" },
    "plaque:T26": { s: ["M", "B"] },
    "plaque:T36": { c: "normal" },
  });
});

test("sextants stand as one faces the patient, and a star is one key", async () => {
  const { host } = dental("bpe");
  const boxes = await screen.findAllByLabelText<HTMLSelectElement>(/, Code$/);
  expect(boxes.map(({ name }) => name.split(":")[1])).toEqual(["S03", "S04", "S05", "S08", "S07", "S06"]);
  boxes[0]?.focus();
  await user.keyboard(`3*{Enter}x${KEEP}`);
  expect(await written(host)).toEqual([
    ["code:S03", { c: "3*" }],
    ["code:S04", { c: "x" }],
  ]);
});

test("of one side how it was made is an answer too, and a tooth is typed by the numbers that are chosen", async () => {
  const { host } = dental(null);
  await user.selectOptions(await screen.findByLabelText("Numbers"), "Universal");
  await user.click(await screen.findByRole("button", { name: "Dental visit" }));
  const anaesthesia = await screen.findByLabelText("Anaesthesia");
  expect(screen.queryByLabelText("Agent")).toBeNull();
  await user.selectOptions(anaesthesia, "given");
  await user.selectOptions(await screen.findByLabelText("Agent"), "lidocaine");
  await user.type(await box("Tooth"), "14");
  expect((await box("Tooth")).value).toBe("14");
  await user.keyboard(KEEP);
  const [[first] = [], [path, answer] = [], ...more] = await written(host);
  expect([first, path?.startsWith("dose:"), more.length]).toEqual(["anaesthesia", true, 0]);
  expect(answer).toEqual({ p: { agent: { c: "lidocaine" }, tooth: { t: "26" } } });
  localStorage.clear();
});

test("a form is printed by the numbers of teeth that are chosen", async () => {
  const { host } = dental(null, { print_form: () => ({ job: "1", printer: "desk", copies: 1 }) });
  await user.click(await screen.findByRole("button", { name: "Dental visit" }));
  const numbers = await screen.findByLabelText("Numbers");
  for (const by of ["FDI", "Universal"]) {
    await user.selectOptions(numbers, by);
    await user.click(await screen.findByRole("button", { name: "Print it blank" }));
  }
  await waitFor(() => expect(sent(host, "print_form")).toHaveLength(2));
  const blank = { form: "dental.visit@1", filled: null, printer: null };
  expect(sent(host, "print_form")).toEqual([
    { ...blank, universal: false },
    { ...blank, universal: true },
  ]);
  localStorage.clear();
});

const signed: Handlers = {
  filled: () => signedView(),
  filled_forms: () => ({ rows: [filledRow({ signed: true })], next: null }),
};
const amending = (but: Handlers = {}) =>
  renderApp(`${AT}&task=form.amend.f1`, {
    ...PEOPLE,
    banner: () => banner(),
    scratches: () => ({ rows: [] }),
    ...FORMS,
    ...signed,
    ...but,
    session: () => session({ permissions: [...DOCTOR, ...OPTOMETRIST] }),
  });

test("an addition to a signed form sends what was changed alone, with its reason", async () => {
  const { host } = amending();
  const target = await box("Right, Target, mmHg");
  expect([target.value, (await box("Right, Pressure, mmHg")).value]).toEqual(["18", "22"]);
  await user.type(target, `16${KEEP}`);
  expect(sent(host, "amend_form")).toEqual([]);
  await user.type(screen.getByLabelText(/^Why it is added/), `A slip of the pen${KEEP}`);
  await waitFor(() => expect(sent(host, "amend_form")).toHaveLength(1));
  expect(sent(host, "amend_form")[0]).toEqual({
    filled: "f1",
    answers: { "target:R": { n: "16" } },
    text: "",
    reason: "A slip of the pen",
  });
});

test("what is only cleared, or says nothing new, is not added", async () => {
  const { host } = amending();
  await user.clear(await box("Right, Target, mmHg"));
  await user.type(screen.getByLabelText(/^Why it is added/), `why${KEEP}`);
  await screen.findByText(/^Say what it is now, or why there is none/);
  await user.type(await box("Right, Target, mmHg"), `18${KEEP}`);
  await screen.findByText("Change an answer, or say in words what is to be added.");
  expect(sent(host, "amend_form")).toEqual([]);
});

test("what was answered elsewhere after the signature begins an addition by one press", async () => {
  const late = { handed_back: { "target:R": { n: "15" } } };
  const { host } = amending({ filled: () => signedView(late) });
  await screen.findAllByText(
    /Answered at another computer after the signature, and not part of the form: Target R 15 mmHg/,
  );
  const [, inPane] = screen.getAllByRole("button", { name: "Take it into an addition" });
  await user.click(inPane as HTMLElement);
  expect((await box("Right, Target, mmHg")).value).toBe("15");
  await user.type(screen.getByLabelText(/^Why it is added/), `measured at the other desk${KEEP}`);
  await waitFor(() => expect(sent(host, "amend_form")).toHaveLength(1));
  expect(sent(host, "amend_form")[0]).toMatchObject({ answers: { "target:R": { n: "15" } } });
});

test("later answers stand beside the signed ones with who wrote them and why, and who may sign withdraws them", async () => {
  open(null, { ...signed, filled: () => signedView({ addenda: [addendum()] }) });
  await screen.findByText("later 16", { exact: false });
  await screen.findByText("Target R: 16 mmHg, signed was 18 mmHg");
  screen.getByText(/A slip of the pen/);
  await screen.findByRole("button", { name: "Add to it" });
  const section = screen.getByText(/A slip of the pen/).closest("section") as HTMLElement;
  await user.click(within(section).getByRole("button", { name: "Withdraw" }));
  await screen.findByLabelText(/^What was wrong/);
});

test("a later answer says every part of its reading, so that what was corrected is to be seen", async () => {
  const acuity = (cm: string) => ({
    p: { chart: { c: "logmar" }, cm: { n: cm }, value: { t: "0.3" }, with: { c: "unaided" } },
  });
  const answers = { "va:R:k1": acuity("400") };
  const added = addendum({ answers: { "va:R:k1": acuity("300") } });
  open(null, {
    filled_forms: () => ({ rows: [filledRow({ form: "eye.acuity@1", signed: true })], next: null }),
    filled: () => signedView({ form: "eye.acuity@1", answers, remarks: [], addenda: [added] }),
  });
  await screen.findByText(
    "Acuity R: 0.3 unaided, Chart logMAR, Distance 300, signed was 0.3 unaided, Chart logMAR, Distance 400",
  );
});

test("how a reading was made is told though the right eye gave none, and a distance has its unit", async () => {
  const left = { chart: { c: "snellen_m" }, cm: { n: "400" }, value: { t: "6/9" }, with: { c: "best" } };
  open(null, {
    filled_forms: () => ({ rows: [filledRow({ form: "eye.acuity@1" })], next: null }),
    filled: () =>
      filledView({
        form: "eye.acuity@1",
        answers: { "va:R:k1": { x: "unable" }, "va:L:k1": { p: left } },
        remarks: [],
        derived: {},
      }),
  });
  await screen.findByRole("columnheader", { name: /Snellen, metres · best corrected/ });
  await screen.findByText("400 cm");
});

test("an acuity of each eye has no row for both eyes together where nobody took one", async () => {
  const way = { chart: { c: "snellen_m" }, with: { c: "unaided" } };
  const eyes = {
    "va:R:k1": { p: { ...way, value: { t: "6/9" } } },
    "va:L:k1": { p: { ...way, value: { t: "6/12" } } },
  };
  const show = (answers: typeof eyes) =>
    open(null, {
      filled_forms: () => ({ rows: [filledRow({ form: "eye.acuity@1" })], next: null }),
      filled: () => filledView({ form: "eye.acuity@1", answers, remarks: [], line: "" }),
    });
  show(eyes);
  await screen.findByText("6/12");
  expect(screen.queryByRole("rowheader", { name: "Both" })).toBeNull();
  cleanup();
  show({ ...eyes, ...{ "va:B:k1": { p: { ...way, value: { t: "6/6" } } } } });
  await screen.findByText("6/6");
  await screen.findByRole("rowheader", { name: /^Both/ });
});

test("who only reads sees the numbers and no way to write", async () => {
  const heads = FORMS.forms?.({}) as Forms;
  const read = heads.forms.map((head) => ({ ...head, may_fill: false, may_sign: false }));
  open(null, { forms: () => ({ forms: read }) }, DOCTOR);
  await screen.findByRole("heading", { name: "Pressure" });
  expect(screen.queryByRole("button", { name: "Withdraw" })).toBeNull();
});

test("a form of a newer version is shown as its line and not changed", async () => {
  open(null, {
    filled_forms: () => ({ rows: [filledRow({ form: "eye.pressure@9" })], next: null }),
    filled: () => filledView({ form: "eye.pressure@9", known: false }),
  });
  await screen.findByText(/This form is of a newer version/);
  await screen.findByText(/R 22 mmHg/);
  expect(screen.queryByRole("button", { name: "Go on" })).toBeNull();
});

test("what two people filled in in one visit stands beside each other, each with its author", async () => {
  open(null, {
    filled_forms: () => ({
      rows: [filledRow(), filledRow({ id: "f2", author: "Dr Ana Lim" })],
      next: null,
    }),
  });
  await waitFor(() => expect(screen.getAllByRole("heading", { name: "Pressure" })).toHaveLength(2));
  await screen.findByText(/Dr Ana Lim/);
  screen.getByText(/Nina Abad/);
});
