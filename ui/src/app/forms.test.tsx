import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { readTask, type FormName } from "../forms/task";
import { Refused, type CommandName } from "../host/host";
import { readyToLeave } from "../host/leaving";
import type { Handlers } from "../host/memory";
import type { AnyClaim, CardCommand, ClaimKind } from "../records/kind";
import { CLAIM_KINDS, kindOf } from "../records/kinds";
import { taskPlace } from "../records/tasks";
import { FILES, SCAN } from "../testing/files";
import { addendum, FORMS, signedView } from "../testing/forms";
import { layOut } from "../testing/on-screen";
import { issued, may, offered, PAPER, paper, PAPERS, submitted } from "../testing/papers";
import { MOUTH, mouth, treatment } from "../testing/mouth";
import { banner, GUSTAVA, PEOPLE, person } from "../testing/people";
import { renderApp } from "../testing/render";
import { keeping, later } from "../testing/scratch";
import { ADMINISTRATOR, DENTIST, DOCTOR, OPTOMETRIST, session } from "../testing/signed-in";
import { noteView, VISIT, VISITING, visitView } from "../testing/visits";

const user = userEvent.setup({ delay: null });
beforeEach(layOut);

/** How a form is filled in, and what it sends. */
interface Scene {
  /** The stored name of its task. */
  task: string;
  /** The name of the field that is typed into. */
  box: string;
  command: CommandName;
  text?: string;
  /** What else must be there before it is sent. */
  also?: () => Promise<void>;
  keys?: string;
  answers?: Handlers;
  /** Answers until it is left for the first time. */
  first?: Handlers;
  /** Nothing is thrown away by a press: its typing becomes edits as it goes. */
  edits?: true;
  /** What has to be there before there is anything to fill in. */
  begin?: () => Promise<void>;
}

const SEND = "{Control>}{Enter}{/Control}";
const ISSUE = "{Control>}{Shift>}{Enter}{/Shift}{/Control}";
const { id } = person();
const KEPT = { id: "x", version: 4, conflict: false };
const check = async () => user.click((await screen.findAllByRole("checkbox"))[0] as HTMLElement);
const reason = (task: string, command: CommandName, answers: Handlers = {}): Scene => ({
  task,
  box: "reason",
  command,
  answers,
});
const certificate = (task: string): Scene => ({
  task,
  box: "reason",
  command: "draft_certificate",
  keys: ISSUE,
  answers: { certificate: () => issued(), draft_certificate: () => ({ ...KEPT, id: PAPER }) },
});
const step = (act: "return" | "reject" | "revoke"): Scene =>
  reason(`certificate.${act}.${PAPER}`, `${act}_certificate`, {
    certificate: () =>
      act === "revoke" ? issued({ may: may("revoke") }) : submitted({ may: may("give_back", "reject") }),
  });

/** A file is chosen, unless it is there already with what was typed of it. */
const choose = async () => {
  await screen.findAllByRole("button", { name: /^Choose files/ });
  if (boxed(FILE_BOX)) return;
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  await user.upload(input as HTMLElement, new File(["%PDF-"], "scan.pdf", { type: "application/pdf" }));
};
const FILE_BOX = "files/scan.pdf/title";
/** The rest of what a file needs, once it was looked at. */
const sorted = async () => {
  await user.selectOptions(await screen.findByLabelText(/^Sort/), "laboratory");
  await screen.findByRole("button", { name: /^Add 1 file/ });
};
const receiver = async () => {
  if (screen.queryByText(/^It goes to/)) return;
  await user.type(boxed("to") as HTMLElement, "mejias");
  await user.click(await screen.findByRole("option", { name: /MEJIAS, Gustava/ }));
};

type ClaimForms = Extract<FormName, `${ClaimKind}.${string}`>;

/** The three forms of each kind that is said of a person. */
function claimScenes(): Record<ClaimForms, Scene> {
  const scenes = CLAIM_KINDS.flatMap((kind): [string, Scene][] => {
    const { form, many } = kindOf(kind);
    const id = (memoryOf(many) as { rows: AnyClaim[] }).rows[0]?.id ?? "";
    const texts = form.filter(({ as }) => as === "area" || as === "text");
    const required = form.find((field) => field.required)?.name ?? "";
    return [
      [`${kind}.add`, { task: `${kind}.add`, box: required, command: `add_${kind}` }],
      [
        `${kind}.edit`,
        { task: `${kind}.edit.${id}`, box: texts.at(-1)?.name ?? required, command: `edit_${kind}` },
      ],
      [`${kind}.withdraw`, reason(`${kind}.withdraw.${id}`, `void_${kind}`)],
    ];
  });
  return Object.fromEntries(scenes) as Record<ClaimForms, Scene>;
}

/** What the chart of the tests answers for a card. */
function memoryOf(many: CardCommand): unknown {
  return PEOPLE[many]?.({ patient: id, after: null });
}

/** Every form there is: one that is missing here does not compile. */
const SCENES: Record<FormName, Scene> = {
  ...claimScenes(),
  consent: {
    task: "consent",
    box: "text",
    command: "record_consent",
    answers: { record_consent: () => KEPT },
  },
  visit: { task: `visit ${VISIT}`, box: "concern", command: "edit_visit" },
  note: { task: `note ${VISIT}`, box: "concern", command: "sign_note" },
  addendum: {
    task: `addendum ${VISIT} n1`,
    box: "text",
    command: "add_addendum",
    also: async () => user.type(boxed("reason") as HTMLElement, "It came later"),
    answers: { note: () => noteView({ signed_at: "2026-11-22T10:40:00+08:00" }) },
  },
  "addendum.withdraw": reason("addendum.withdraw.n1.a1", "void_addendum", {
    note: () => noteView({ signed_at: "2026-11-22T10:40:00+08:00", addenda: [addendum()] }),
  }),
  withdraw: reason(`withdraw ${VISIT} n1`, "void_note", {
    visit: () => visitView({ notes: [noteView()], note_open: true }),
  }),
  vitals: {
    task: "vitals",
    box: "pulse",
    command: "record_vitals",
    text: "88",
    answers: { record_vitals: () => ({ ids: ["o9"], levels: [], act: [] }) },
  },
  vital: { ...reason("vital o1", "void_vital"), also: check },
  findings: { task: "findings", box: "line", command: "keep_findings", text: "36 O 1" },
  "mark.edit": { task: "mark.edit.m1.36", box: "text", command: "edit_mark" },
  "mark.withdraw": reason("mark.withdraw.m1.36", "void_mark"),
  "exam.withdraw": reason("exam.withdraw.e1.36", "void_exam"),
  "treatment.add": {
    task: "treatment.add",
    box: "teeth",
    command: "plan_treatment",
    text: "36 O",
    answers: { banner: () => banner() },
  },
  "treatment.edit": { task: "treatment.edit.t1", box: "text", command: "edit_treatment" },
  "treatment.step": {
    task: "treatment.step.t1",
    box: "reason",
    command: "step_treatment",
    answers: { mouth: () => mouth({ rows: [{ findings: [], treatment: treatment() }] }) },
  },
  "treatment.withdraw": reason("treatment.withdraw.t1.36", "void_treatment"),
  agree: { task: "agree", box: "name", command: "agree_treatments" },
  form: {
    task: `form eye.pressure ${VISIT}`,
    box: "iop:R.value",
    command: "save_form",
    text: "16",
  },
  "form.withdraw": reason("form.withdraw.f1", "void_form"),
  "form.amend": {
    task: "form.amend.f1",
    box: "reason",
    command: "amend_form",
    also: async () => {
      if (boxed("words")?.value === "") await user.type(boxed("words") as HTMLElement, "Seen again");
      (await boxOf({ task: "", box: "reason", command: "amend_form" })).focus();
    },
    answers: { filled: () => signedView() },
  },
  "form.retract": reason("form.retract.f1.a1", "void_addendum", {
    filled: () => signedView({ addenda: [addendum()] }),
  }),
  details: { task: "details", box: "given", command: "edit_patient" },
  "details.withdraw": reason("details.withdraw", "void_patient"),
  register: { task: "register k1", box: "family", command: "register_patient" },
  "attachment.add": {
    task: "attachment.add",
    box: FILE_BOX,
    command: "add_file",
    begin: choose,
    also: sorted,
    answers: { add_file: () => ({ id: SCAN, version: 1, twice: null }) },
  },
  "attachment.edit": { task: `attachment.edit.${SCAN}`, box: "title", command: "edit_file" },
  "attachment.move": {
    ...reason(`attachment.move.${SCAN}`, "move_file", {
      find_patients: () => ({ people: [GUSTAVA] }) as never,
      move_file: () => ({ id: SCAN, version: 1, conflict: false, copies: [] }),
    }),
    also: receiver,
  },
  "attachment.withdraw": reason(`attachment.withdraw.${SCAN}`, "void_file"),
  "certificate.add": certificate("certificate.add"),
  "certificate.extend": certificate(`certificate.extend.${PAPER}`),
  "certificate.replace": certificate(`certificate.replace.${PAPER}`),
  "certificate.edit": {
    task: `certificate.edit.${PAPER}`,
    box: "recommendation",
    command: "issue_certificate",
    keys: ISSUE,
    edits: true,
    // What was typed is kept until its edit is.
    first: { edit_certificate: () => new Promise(() => {}) },
    answers: {
      certificate: () => paper({ may: may("edit", "issue") }),
      edit_certificate: () => ({ ...KEPT, id: PAPER }),
      issue_certificate: () => ({ ...KEPT, id: PAPER, number: null as never }),
    },
  },
  "certificate.return": step("return"),
  "certificate.reject": step("reject"),
  "certificate.revoke": step("revoke"),
};

const boxed = (name: string) =>
  document.querySelector<HTMLInputElement>(`:is(input, textarea)[name="${CSS.escape(name)}"]`);
const boxOf = async ({ box, begin }: Scene) => {
  await begin?.();
  return waitFor(() => {
    const found = boxed(box);
    if (!found) throw new Error(`${box} is not on the screen`);
    return found;
  });
};
const textOf = ({ text = "Zq7 words" }: Scene) => text;

/** Draws the form at the address where its typing goes on, for one of two people. */
function open(scene: Scene, pad: ReturnType<typeof keeping>, but: Handlers = {}, who = "maria") {
  const task = readTask(scene.task);
  if (!task) throw new Error(`${scene.task} names no task`);
  const me = session({
    user: who,
    permissions: [...new Set([...DOCTOR, ...DENTIST, ...OPTOMETRIST, ...ADMINISTRATOR])],
  });
  const place = taskPlace(task, task.of === "register" ? who : id);
  const drawn = renderApp("/health", {
    ...PEOPLE,
    ...VISITING,
    ...PAPERS,
    ...MOUTH,
    ...FORMS,
    ...FILES,
    patient: () =>
      ({ id, version: 7, details: { family: "Mejía", given: "Gustavo" }, disputed: [] }) as never,
    templates: () => ({ rows: [offered()] }),
    [scene.command]: () => KEPT,
    ...scene.answers,
    ...pad.handlers,
    session: () => me,
    ...but,
  });
  void drawn.router.navigate(place);
  return { ...drawn, again: () => drawn.router.navigate(place) };
}
const fill = async (scene: Scene) => {
  const box = await boxOf(scene);
  await user.clear(box);
  await user.type(box, textOf(scene));
};

describe.each(Object.entries(SCENES))("%s", (name, scene) => {
  test("what is typed goes on after a lock, a kill and another person, and is recorded once", async () => {
    const [maria, ben] = [keeping(), keeping()];
    const { host } = open(scene, maria, scene.first);
    await fill(scene);
    await readyToLeave();
    // Before anybody is locked out.
    expect(maria.rows().map(({ subject }) => subject)).toEqual([scene.task]);
    expect(host.calls.filter((call) => call.name === scene.command)).toEqual([]);
    cleanup();

    open(scene, ben, {}, "ben");
    expect((await boxOf(scene)).value).not.toContain(textOf(scene));
    cleanup();

    const held = later();
    const answer = scene.answers?.[scene.command] as (() => never) | undefined;
    const drawn = open(scene, maria, {
      [scene.command]: () => held.wait.then(() => (answer ? answer() : KEPT)),
    } as Handlers);
    await waitFor(async () => expect((await boxOf(scene)).value).toBe(textOf(scene)));
    if (!scene.edits) await screen.findByText(/^Restored: what you typed at/);
    await scene.also?.();
    for (let press = 0; press < 3; press++) await user.keyboard(scene.keys ?? SEND);
    await waitFor(() => expect(drawn.host.calls.map((call) => call.name)).toContain(scene.command));
    held.answer();
    await waitFor(() => expect(maria.rows()).toEqual([]));
    expect(drawn.host.calls.filter((call) => call.name === scene.command)).toHaveLength(1);
    await drawn.again();
    await waitFor(() => expect(screen.queryByText(/^Restored: what you typed at/)).toBeNull());
    if (!scene.edits) expect(boxed(scene.box)?.value ?? "").not.toContain(textOf(scene));
  });

  test("a refusal is told where it belongs, nothing typed is lost, and what is thrown away is gone", async () => {
    const pad = keeping();
    const field = name === "note" ? "concern" : scene.box;
    open(scene, pad, {
      [scene.command]: () => {
        throw new Refused("missing", { field });
      },
    });
    await fill(scene);
    await scene.also?.();
    await user.keyboard(scene.keys ?? SEND);
    const box = await boxOf(scene);
    await waitFor(() => expect(box.getAttribute("aria-invalid")).toBe("true"));
    expect(document.activeElement).toBe(box);
    expect(box.value).toBe(textOf(scene));
    if (scene.edits) return;
    await user.type(box, scene.text ? "1" : " more");
    expect(box.getAttribute("aria-invalid")).not.toBe("true");
    await readyToLeave();
    await waitFor(() => expect(pad.rows()).toHaveLength(1));
    cleanup();
    open(scene, pad);
    await boxOf(scene);
    await user.click(await screen.findByRole("button", { name: "Discard" }));
    await readyToLeave();
    await waitFor(() => expect(pad.rows()).toEqual([]));
    await waitFor(() => expect(boxed(scene.box)?.value ?? "").not.toContain(textOf(scene)));
  });
});
