import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { HistoryStep } from "../../../generated/HistoryStep";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import { PEOPLE, person } from "../../../testing/people";
import { renderApp } from "../../../testing/render";
import { session } from "../../../testing/signed-in";

const user = userEvent.setup({ delay: null });
const step = (number: number, but: Partial<HistoryStep>): HistoryStep => ({
  number,
  verb: "patch",
  at: "2026-09-03T14:05:00+08:00",
  who: "Dr Maria Reyes",
  place: "Front desk",
  repeats: null,
  reason: null,
  changes: [],
  more: 0,
  ...but,
});
const STEPS = [
  step(3, { verb: "void", reason: "another person's" }),
  step(2, {
    changes: [
      { path: "certainty", from: ["suspected"], to: "confirmed" },
      { path: "since", from: ["2008"], to: null },
      { path: "name", from: ["Asthma", "Cough"], to: "Asthma" },
    ],
    more: 2,
  }),
];
const open = (handlers: Handlers = {}) =>
  renderApp(`/patients/${person().id}`, {
    ...PEOPLE,
    history: ({ before }) =>
      before === null
        ? { kind: "problem", imported: true, steps: STEPS, next: 2 }
        : {
            kind: "problem",
            imported: true,
            steps: [step(1, { verb: "create", changes: [{ path: "name", from: [], to: "Cough" }] })],
            next: null,
          },
    ...handlers,
  });

test("the history takes the keys, and gives them back where it was opened", async () => {
  open();
  const opener = await screen.findByRole("button", { name: "History of Asthma, mild intermittent" });
  await user.click(opener);
  const pane = await screen.findByRole("region", { name: "History: Problem" });
  expect(document.activeElement).toBe(within(pane).getByRole("heading", { name: "History: Problem" }));
  await user.tab();
  expect(pane.contains(document.activeElement)).toBe(true);
  await user.keyboard("{Escape}");
  expect(document.activeElement).toBe(opener);
});

test("the history of an entry tells who changed what, from what to what, and why it was withdrawn", async () => {
  const { host } = open();
  await user.click(await screen.findByRole("button", { name: "History of Asthma, mild intermittent" }));
  const pane = await screen.findByRole("region", { name: "History: Problem" });
  const told = within(pane)
    .getAllByRole("listitem")
    .map((item) => item.textContent);
  expect(told[0]).toBe("Withdrawn03-Sep-2026 14:05Dr Maria Reyes · Front deskanother person's");
  expect(told[1]).toBe(
    "Changed03-Sep-2026 14:05Dr Maria Reyes · Front desk" +
      "CertaintySuspected → ConfirmedSince2008 → nothingProblemAsthma or Cough → Asthmaand 2 fields more",
  );
  await user.click(within(pane).getByRole("button", { name: "Earlier steps" }));
  expect((await within(pane).findByText("Imported")).closest("li")?.textContent).toContain("ProblemCough");
  expect(host.calls.filter(({ name }) => name === "history").map(({ input }) => input)).toEqual([
    { record: "pr1", before: null },
    { record: "pr1", before: 2 },
  ]);
});

test("a row of the timeline leads to its history, and a refusal says why there is none", async () => {
  open({
    history: () => {
      throw new Refused("not_found");
    },
  });
  await user.click(
    (await screen.findAllByRole("button", { name: "History of Diagnosis" }))[0] as HTMLElement,
  );
  const pane = await screen.findByRole("region", { name: "History" });
  await within(pane).findByRole("alert");
});

test("teeth have the numbers that whoever reads has chosen", async () => {
  const said = [
    { path: "sound", from: [], to: "11, 28" },
    { path: "not_seen", from: [], to: "55" },
  ];
  localStorage.setItem(`clinicdesk.teeth.${session().user}`, "universal");
  open({
    history: () => ({ kind: "tooth_exam", imported: false, steps: [step(1, { changes: said })], next: null }),
  });
  await user.click(await screen.findByRole("button", { name: "History of Asthma, mild intermittent" }));
  await screen.findByText("8, 16");
  screen.getByText("A");
});
