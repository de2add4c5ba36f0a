import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { finding, MOUTH, mouth, teeth, treatment } from "../../testing/mouth";
import { banner, PEOPLE, person } from "../../testing/people";
import { renderApp } from "../../testing/render";
import { seconds } from "../../testing/strikes";
import { DENTIST, DOCTOR, session } from "../../testing/signed-in";

const user = userEvent.setup({ delay: null });
const KEPT = { id: "e9", version: 9, conflict: false };
const AT = `/patients/${person().id}`;
const SAVE = "{Control>}{Enter}{/Control}";

function open(at: string, but: Handlers = {}, permissions = [...DOCTOR, ...DENTIST]) {
  return renderApp(`${AT}?${at}`, {
    ...PEOPLE,
    banner: () => banner(),
    scratches: () => ({ rows: [] }),
    ...MOUTH,
    keep_findings: () => KEPT,
    plan_treatment: () => KEPT,
    step_treatment: () => KEPT,
    ...but,
    session: () => session({ permissions }),
  });
}
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);
const line = () => screen.findByLabelText(/^Tooth, surfaces, code/);

test("each tooth is a button that says its state, and the arrow keys go along the rows", async () => {
  open("tab=dental");
  const tooth = await screen.findByRole("button", {
    name: "36, lower left first molar: Caries, dentine O; planned: Filling O",
  });
  tooth.focus();
  await user.keyboard("{ArrowUp}");
  expect(document.activeElement?.getAttribute("aria-label")).toMatch(
    /^26, upper left first molar: not looked at yet/,
  );
  await user.keyboard("{ArrowLeft}");
  expect(document.activeElement?.getAttribute("data-tooth")).toBe("25");
  await screen.findByRole("heading", { name: "25 · upper left second premolar" });
});

test("lines as they are called, all sound and a plan are kept at once", async () => {
  const { host } = open("tab=dental");
  await user.type(await line(), "36 O 1 D{Enter}46 4{Enter}+26 mo 3{Enter}");
  expect(screen.getByRole("list", { name: "Called" }).querySelectorAll("li")).toHaveLength(3);
  await user.keyboard("{Alt>}a{/Alt}");
  await user.keyboard(SAVE);
  await waitFor(() => expect(sent(host, "keep_findings")).toHaveLength(1));
  const [look] = sent(host, "keep_findings") as {
    sound: string[];
    found: unknown[];
    unerupted: string[];
    planned: unknown[];
  }[];
  expect(look?.found).toEqual([
    { tooth: "36", mark: "caries", surfaces: "O", depth: "dentine" },
    { tooth: "46", mark: "missing", for_caries: true },
  ]);
  // What is planned for a tooth says nothing of how it is: 26 is sound with the others.
  expect([look?.sound.length, look?.sound.includes("26"), look?.unerupted]).toEqual([30, true, []]);
  expect(look?.planned).toEqual([{ treatment: "filling", teeth: { 26: { tooth: "26", surfaces: "MO" } } }]);
  expect(sent(host, "plan_treatment")).toEqual([]);
});

test("what is called is drawn at once, marked as not kept, and gone again when it is taken back", async () => {
  open("tab=dental");
  await user.type(await line(), "26 mo 1");
  await screen.findByRole("button", {
    name: "26, upper left first molar: Caries MO (called, not kept yet)",
  });
  await user.keyboard("{Enter}46 4{Enter}");
  await screen.findByRole("button", { name: /^46, lower right first molar: .*called, not kept yet/ });
  screen.getByText("Dashed: called now, and not kept yet.");
  await user.click(screen.getByRole("button", { name: /46 4/ }));
  await waitFor(() => expect(screen.queryByRole("button", { name: /^46, .*not kept yet/ })).toBeNull());
});

test("32 teeth with five exceptions are kept within a minute of typing", async () => {
  const { host } = open("tab=dental");
  const typed = ["36 od 1 d{Enter}", "46 4{Enter}", "16 o 6{Enter}", "26 mo 3{Enter}", "11 t{Enter}"];
  const strikes = `{Alt>}a{/Alt}${typed.join("")}${SAVE}`;
  (await line()).focus();
  await user.keyboard(strikes);
  await waitFor(() => expect(sent(host, "keep_findings")).toHaveLength(1));
  const [look] = sent(host, "keep_findings") as { sound: string[]; unerupted: string[]; found: unknown[] }[];
  expect([(look?.sound.length ?? 0) + (look?.unerupted.length ?? 0), look?.found.length]).toEqual([27, 5]);
  expect(seconds(strikes, typed.length + 2)).toBeLessThan(60);
});

test("while Planned is chosen each line is planned, and nothing of it is written as found", async () => {
  const { host } = open("tab=dental");
  await user.click(await screen.findByRole("radio", { name: "Planned" }));
  await user.type(await line(), "46 4{Enter}");
  expect(screen.getByRole("list", { name: "Called" }).textContent).toContain("+46 4");
  await user.type(await line(), `36 o 3${SAVE}`);
  await waitFor(() => expect(sent(host, "keep_findings")).toHaveLength(1));
  expect(sent(host, "keep_findings")[0]).toMatchObject({
    found: [],
    planned: [
      { treatment: "extraction", for_caries: true, teeth: { 46: { tooth: "46" } } },
      { treatment: "filling", teeth: { 36: { tooth: "36", surfaces: "O" } } },
    ],
  });
});

test("a call in the line is kept when the next tooth is keyed, and one that is not whole stays and says so", async () => {
  open("tab=dental");
  const keyed = async (name: RegExp, key: string) => {
    (await screen.findByRole("button", { name })).focus();
    await user.keyboard(key);
  };
  await user.type(await line(), "16 7 c");
  await keyed(/^15, /, "1");
  const called = () => [...screen.getByRole("list", { name: "Called" }).querySelectorAll("b")];
  expect(called().map((each) => each.textContent)).toEqual(["16 7 C", "15 1"]);
  await user.type(await line(), "26 7");
  await keyed(/^25, /, "o");
  await screen.findByText("Say why the crown: C for caries, O for other.");
  expect(((await line()) as HTMLInputElement).value).toBe("26 7");
  expect(called()).toHaveLength(2);
  await user.clear(await line());
  await user.type(await line(), "36 O 1 D");
  await user.click(screen.getByRole("button", { name: /^1 ?Caries$/ }));
  expect(called().at(-1)?.textContent).toBe("36 O 1 D");
});

test("a filling is planned with its surfaces alone, and by who may plan", async () => {
  const { host } = open("tab=dental");
  await user.type(await line(), `+26 3${SAVE}`);
  await screen.findByText("Say which surfaces are to be filled, such as +36 O 3.");
  expect(sent(host, "keep_findings")).toEqual([]);
});

test("a plus of who may not plan is refused at the line", async () => {
  const { host } = open("tab=dental", {}, [...DOCTOR, ...DENTIST.filter((each) => each !== "dental.plan")]);
  await user.type(await line(), `+26 O 3${SAVE}`);
  await screen.findByText(/^Only a dentist plans treatments/);
  expect(sent(host, "keep_findings")).toEqual([]);
});

test("a treatment is planned and agreed to by the numbers that are chosen, in words beside them", async () => {
  const { host } = open("tab=dental", { agree_treatments: () => KEPT });
  await user.selectOptions(await screen.findByLabelText("Numbers"), "Universal");
  await user.click(screen.getByRole("button", { name: "Record an agreement" }));
  await screen.findByRole("checkbox", { name: "Filling, composite · 19 O" });
  await user.click(screen.getByRole("button", { name: "Plan a treatment" }));
  await user.type(await screen.findByLabelText(/^Teeth and surfaces/), "14 O");
  await screen.findByText("These are: upper left first molar.");
  await user.keyboard(SAVE);
  await waitFor(() => expect(sent(host, "plan_treatment")).toHaveLength(1));
  expect(sent(host, "plan_treatment")[0]).toMatchObject({
    details: { teeth: { 26: { tooth: "26", surfaces: "O" } } },
  });
});

test("a changed treatment sends what was changed alone", async () => {
  const { host } = open("tab=dental&task=treatment.edit.t1", {
    whole_treatment: () => treatment({ text: "é".repeat(1_000) }),
    edit_treatment: () => KEPT,
  });
  const fee = await screen.findByLabelText(/^Fee/);
  expect(document.activeElement?.getAttribute("name")).toBe("treatment");
  await user.clear(fee);
  await user.type(fee, `900${SAVE}`);
  await waitFor(() => expect(sent(host, "edit_treatment")).toHaveLength(1));
  expect(sent(host, "edit_treatment")[0]).toEqual({ id: "t1", version: 4, patch: { fee: "900" } });
});

test("an agreement that is taken up again leaves out what was left out, and what was planned since", async () => {
  const before = { by: "patient", name: "", chosen: "t1 t2" };
  const values = { by: "patient", name: "Bea Villamor", chosen: "t1" };
  const text = JSON.stringify({ version: null, before, values, unread: {} });
  const rows = ["t1", "t2", "t3"].map((id) => ({ findings: [], treatment: treatment({ id }) }));
  const { host } = open("tab=dental&task=agree", {
    scratches: () => ({ rows: [{ patient: person().id, subject: "agree", text, at: 1 }] }),
    mouth: () => mouth({ rows }),
    agree_treatments: () => KEPT,
  });
  await screen.findByDisplayValue("Bea Villamor");
  await user.keyboard(SAVE);
  await waitFor(() => expect(sent(host, "agree_treatments")).toHaveLength(1));
  expect(sent(host, "agree_treatments")[0]).toMatchObject({ treatments: [{ id: "t1", version: 4 }] });
});

test("on the chart letters switch surfaces, a code finishes the call, and 7 asks why", async () => {
  const { host } = open("tab=dental");
  const tooth = await screen.findByRole("button", { name: /^16, / });
  tooth.focus();
  await user.keyboard("odo1");
  await waitFor(async () =>
    expect(screen.getByRole("list", { name: "Called" }).textContent).toContain("16 D 1"),
  );
  await user.keyboard("7");
  expect(((await line()) as HTMLInputElement).value).toBe("16 7");
  expect(document.activeElement).toBe(await line());
  await user.keyboard("{Enter}");
  await screen.findByText("Say why the crown: C for caries, O for other.");
  await user.click(screen.getByRole("radio", { name: "Other" }));
  await user.keyboard(SAVE);
  await waitFor(() => expect(sent(host, "keep_findings")).toHaveLength(1));
  expect(sent(host, "keep_findings")[0]).toMatchObject({
    found: [
      { tooth: "16", mark: "caries", surfaces: "D" },
      { tooth: "16", mark: "crown", for_caries: false },
    ],
  });
});

test("by mouse a tooth, its surfaces and a code make a call", async () => {
  open("tab=dental");
  await user.click(await screen.findByRole("button", { name: /^36, / }));
  await user.click(screen.getByRole("button", { name: "Mesial" }));
  await user.click(screen.getByRole("button", { name: "Occlusal" }));
  expect(((await line()) as HTMLInputElement).value).toBe("36 MO ");
  await user.click(screen.getByRole("button", { name: /^3 ?Filled$/ }));
  expect(screen.getByRole("list", { name: "Called" }).textContent).toContain("36 MO 3");
});

test("a tooth that there is not, and a refusal, are told at the line, and nothing typed is lost", async () => {
  const { host } = open("tab=dental", {
    keep_findings: () => {
      throw new Refused("tooth_gone", { tooth: "46" });
    },
  });
  await user.type(await line(), "19 O 1{Enter}");
  await screen.findByText(/There is no such tooth/);
  expect(sent(host, "keep_findings")).toEqual([]);
  await user.clear(await line());
  await user.type(await line(), `46 O 1${SAVE}`);
  await screen.findByText("Tooth 46 is not there, as it is recorded.");
  expect(((await line()) as HTMLInputElement).value).toBe("46 O 1");
});

test("the mouth of another day is only read, and Universal numbers are shown and typed", async () => {
  const { host } = open("tab=dental");
  await user.selectOptions(await screen.findByLabelText("Numbers"), "Universal");
  await screen.findByRole("button", { name: /^19, lower left first molar/ });
  await user.type(await line(), "3 O 1{Enter}");
  expect(screen.getByRole("list", { name: "Called" }).textContent).toContain("3 O 1");
  await user.selectOptions(screen.getByLabelText("Day"), "11-Feb-2026");
  await waitFor(() =>
    expect(sent(host, "mouth").at(-1)).toEqual({ patient: person().id, day: "2026-02-11" }),
  );
  await waitFor(() => expect(screen.queryByLabelText(/^Tooth, surfaces, code/)).toBeNull());
});

test("a refusal names a tooth by the numbers that are chosen", async () => {
  open("tab=dental", {
    keep_findings: () => {
      throw new Refused("tooth_gone", { tooth: "46" });
    },
  });
  await user.selectOptions(await screen.findByLabelText("Numbers"), "Universal");
  await user.type(await line(), `30 O 1${SAVE}`);
  await screen.findByText("Tooth 30 is not there, as it is recorded.");
});

test("who only reads sees the mouth and no way to write", async () => {
  open("tab=dental", {}, DOCTOR);
  await screen.findByRole("button", { name: /^36, lower left first molar/ });
  expect(screen.queryByLabelText(/^Tooth, surfaces, code/)).toBeNull();
  expect(screen.queryByRole("button", { name: "Plan a treatment" })).toBeNull();
  await screen.findByText("DMFT 1 (D 1, M 0, F 0)");
});

test("what contradicts itself is told with both, and leads to the withdrawal", async () => {
  const clash = {
    authors: {},
    tooth: "46" as const,
    sort: "found_where_none" as const,
    findings: [
      finding({ id: "m2", tooth: "46", mark: "missing", surfaces: null, depth: null }),
      finding({ id: "m3", tooth: "46", mark: "filled", depth: null }),
    ],
    treatments: [],
  };
  open("tab=dental", {
    mouth: () => mouth({ clashes: [clash] }),
    whole_mark: () => clash.findings[1] as never,
  });
  await screen.findByText(/^46: something is found of a tooth that is not there/);
  await user.click(screen.getByRole("button", { name: /^Withdraw 46 O: Filled/ }));
  await screen.findByLabelText(/^What was wrong/);
});

test("one thing that two found is told by who found it, in the numbers that are chosen", async () => {
  const one = finding({ id: "m2", tooth: "46", depth: null });
  const other = finding({ id: "m3", tooth: "46", depth: null });
  const clash = {
    tooth: "46" as const,
    sort: "found_twice" as const,
    findings: [one, other],
    treatments: [],
    authors: { m2: "Dr Ana Lim", m3: "Dr Paolo Cruz" },
  };
  open("tab=dental", { mouth: () => mouth({ clashes: [clash] }) });
  const links = () => screen.getAllByRole("button", { name: /^Withdraw \d/ }).map((link) => link.textContent);
  await screen.findByText(/^46: found twice/);
  expect(links()).toEqual([
    "Withdraw 46 O: Caries (22-Nov-2026, Dr Ana Lim)",
    "Withdraw 46 O: Caries (22-Nov-2026, Dr Paolo Cruz)",
  ]);
  await user.selectOptions(screen.getByLabelText("Numbers"), "Universal");
  await screen.findByText(/^30: found twice/);
  expect(links()).toEqual([
    "Withdraw 30 O: Caries (22-Nov-2026, Dr Ana Lim)",
    "Withdraw 30 O: Caries (22-Nov-2026, Dr Paolo Cruz)",
  ]);
});

test("a call that was called already says so and is not taken twice, and one that stands is told", async () => {
  open("tab=dental");
  await user.type(await line(), "46 O 1{Enter}36 O 1{Enter}46 o 1{Enter}");
  await screen.findByText("46 O 1 is called already.");
  expect(((await line()) as HTMLInputElement).value).toBe("46 o 1");
  const called = within(screen.getByRole("list", { name: "Called" })).getAllByRole("listitem");
  expect(called.map((each) => each.textContent?.includes("Stands already"))).toEqual([false, true]);
  await user.clear(await line());
  await user.type(await line(), "36 I 1{Enter}");
  await screen.findByText("I is the edge of a front tooth. On this tooth the biting surface is O.");
});

test("a treatment of two teeth stands at both, with what it treats at each", async () => {
  const both = treatment({
    teeth: [
      { tooth: "36", surfaces: "O" },
      { tooth: "46", surfaces: "MO" },
    ],
  });
  const found = [finding(), finding({ id: "m2", tooth: "46", depth: null })];
  open("tab=dental", { mouth: () => mouth({ rows: [{ findings: found, treatment: both }] }) });
  const cells = (await screen.findAllByRole("cell")).map((cell) => cell.textContent);
  expect(cells.slice(0, 3)).toEqual(["36, 46", "O, MO", "36 O: Caries, dentine; 46 O: Caries"]);
});

test("what others pay is no more than the fee", async () => {
  const { host } = open("tab=dental&task=treatment.add");
  await user.type(await screen.findByLabelText(/^Teeth and surfaces/), "36 O");
  await user.type(screen.getByLabelText(/^Fee/), "850");
  await user.type(screen.getByLabelText(/^Paid by others/), `900${SAVE}`);
  await screen.findByText("Others pay no more than the fee.");
  expect(sent(host, "plan_treatment")).toEqual([]);
  await user.clear(screen.getByLabelText(/^Paid by others/));
  await user.type(screen.getByLabelText(/^Paid by others/), `850${SAVE}`);
  await waitFor(() => expect(sent(host, "plan_treatment")).toHaveLength(1));
});

test("a tooth is taken out only as it is said and written, and a premolar is asked about once more", async () => {
  const planned = treatment({
    treatment: "extraction",
    teeth: [{ tooth: "14", surfaces: null }],
    loses: true,
    agreed: true,
  });
  let asked = 0;
  const { host } = open("tab=dental&task=treatment.step.t1", {
    mouth: () => mouth({ rows: [{ findings: [], treatment: planned }] }),
    whole_treatment: () => planned,
    step_treatment: () => {
      if (asked++ === 0) throw new Refused("ask_again", { tooth: "14", why: "premolar" });
      return KEPT;
    },
  });
  const said = await screen.findByLabelText(/^Say the tooth aloud/);
  const pane = said.closest("section") as HTMLElement;
  expect([(said as HTMLInputElement).value, pane.textContent?.includes("14")]).toEqual(["", false]);
  await user.keyboard(SAVE);
  await screen.findByText(/There is no such tooth/);
  await user.type(said, "14");
  await screen.findByText("You wrote: upper right first premolar.");
  await user.click(within(pane).getByRole("radio", { name: "Yes" }));
  await user.keyboard(SAVE);
  await user.click(await screen.findByRole("checkbox", { name: /^It is a premolar/ }));
  await user.keyboard(SAVE);
  await waitFor(() =>
    expect(sent(host, "step_treatment").at(-1)).toEqual({
      id: "t1",
      version: 4,
      to: "done",
      said: "14",
      xray: "yes",
      sure: true,
      reason: null,
    }),
  );
});

test("a guardian agrees for who is under age, to the treatments that are open", async () => {
  const { host } = open("tab=dental&task=agree", {
    mouth: () => mouth({ guarded: true, teeth: teeth() }),
    agree_treatments: () => KEPT,
  });
  await user.type(await screen.findByLabelText(/^Name, as it is signed/), "Rowena Villamor");
  expect(screen.queryByRole("option", { name: "The patient" })).toBeNull();
  await screen.findByText("Guardian to agree");
  await user.keyboard(SAVE);
  await waitFor(() =>
    expect(sent(host, "agree_treatments")).toEqual([
      {
        patient: person().id,
        by: "guardian",
        name: "Rowena Villamor",
        treatments: [{ id: "t1", version: 4 }],
      },
    ]),
  );
});
