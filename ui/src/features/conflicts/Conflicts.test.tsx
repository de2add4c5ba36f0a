import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { ConflictCard } from "../../generated/ConflictCard";
import type { Side } from "../../generated/Side";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { session } from "../../testing/signed-in";
import { Conflicts } from "./Conflicts";

const card = (but: Partial<ConflictCard> = {}): ConflictCard => ({
  id: "c1",
  record: "r1",
  version: 7,
  kind: "patient",
  path: "birth_date",
  clash: "values",
  settling: "choice",
  shown: "1999-07-14",
  sides: [
    {
      value: "1999-07-14",
      shortened: false,
      author: "Maria Reyes",
      wall: "2026-11-21T09:00:00+08:00",
      choice: 1,
    },
    { value: "1999-07-15", shortened: false, author: null, wall: "2026-11-21T17:30:00+08:00", choice: 0 },
  ],
  person: {
    id: "p1",
    family: "Mejía",
    given: "Gustavo",
    middle: null,
    title: null,
    birth_date: null,
    age: null,
    sex: null,
    number: null,
    number_label: null,
    belongs: null,
    died: false,
    inactive: false,
  },
  ...but,
});

function draw(cards: ConflictCard[], but: Handlers = {}) {
  let left = cards;
  return renderPart(<Conflicts />, {
    session: () => session(),
    conflicts: () => ({ cards: left, next: null }),
    resolve_conflict: ({ conflict }) => {
      left = left.filter(({ id }) => id !== conflict);
      return { id: "r1", version: 8, conflict: false };
    },
    ...but,
  });
}

test("a clash shows about whom and what, and both sides with who and when", async () => {
  draw([card()]);
  const clash = await screen.findByRole("region", { name: "MEJÍA, Gustavo · Patient: birth date" });
  await within(clash).findByText("Maria Reyes, 21-Nov-2026 09:00");
  const sides = within(clash)
    .getAllByRole("radio")
    .map((side) => side.closest("label")?.textContent);
  expect(sides).toEqual([
    "114-Jul-1999Maria Reyes, 21-Nov-2026 09:00",
    "215-Jul-1999Somebody, 21-Nov-2026 17:30",
  ]);
  within(clash).getByText("Shown until then: 14-Jul-1999");
});

test("a clash is settled in two keys", async () => {
  const { host } = draw([card()]);
  await screen.findByRole("region");
  await userEvent.keyboard("2{Enter}");
  await screen.findByText("No conflicts.");
  expect(host.calls).toContainEqual({
    window: "main",
    name: "resolve_conflict",
    input: { record: "r1", conflict: "c1", version: 7, choice: 0 },
  });
});

test("Enter keeps nothing before a side is chosen", async () => {
  const { host } = draw([card()]);
  await screen.findByRole("region");
  await userEvent.keyboard("3{Enter}");
  expect(host.calls.map((call) => call.name)).not.toContain("resolve_conflict");
});

test("after one clash the keys are at the next", async () => {
  draw([card(), card({ id: "c2", record: "r2", path: "sex" })]);
  await screen.findByRole("region", { name: /birth date/ });
  await userEvent.keyboard("1{Enter}");
  await screen.findByText("Settled.");
  await userEvent.keyboard("1{Enter}");
  await screen.findByText("No conflicts.");
});

test("a removal beside an edit, and a right that two administrators gave differently, are said in words", async () => {
  draw([
    card({ clash: "removal", path: "", kind: "allergy", sides: [{ ...side(), value: "" }] }),
    card({ id: "c2", kind: "user", path: "role", person: null, sides: [{ ...side(), value: "nurse" }] }),
    card({ id: "c3", kind: "user", path: "active", person: null, sides: [{ ...side(), value: "false" }] }),
  ]);
  expect((await screen.findByRole("region", { name: /Allergy: the whole record/ })).textContent).toContain(
    "Withdrawn",
  );
  expect(screen.getByRole("region", { name: "Person who works here: role" }).textContent).toContain("Nurse");
  expect(screen.getByRole("region", { name: "Person who works here: active" }).textContent).toContain(
    "Ended",
  );
});

test("two papers of one draft stand beside each other by their numbers, and what the choice does is said", async () => {
  const sides = ["MAIN-01-26-00001-A", "MAIN-02-26-00001-C"].map((value, choice) => ({
    ...side(),
    value,
    choice,
  }));
  draw([
    card({ clash: "signatures", path: "", kind: "certificate", shown: "", sides }),
    card({
      id: "c2",
      clash: "signatures",
      path: "",
      kind: "note",
      shown: "",
      sides: [side(), { ...side(), choice: 1 }],
    }),
  ]);
  const papers = await screen.findByRole("region", { name: /Certificate: the whole record/ });
  within(papers).getByRole("radio", { name: /The paper MAIN-02-26-00001-C/ });
  within(papers).getByText(/Both papers hold until then/);
  const note = screen.getByRole("region", { name: /Note: the whole record/ });
  within(note).getByText("Shown until then: what was signed first.");
});

test("a choice that is refused says so and stays to be made", async () => {
  draw([card()], {
    resolve_conflict: () => {
      throw new Refused("not_found");
    },
  });
  await screen.findByRole("region");
  await userEvent.keyboard("1{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("There is no such record here.");
});

test("what two imports say differently is withdrawn for a reason, where its kind can be", async () => {
  const sides: Side[] = card().sides.map((each) => ({ ...each, value: "5.1" }));
  const { host } = draw(
    [
      card({ kind: "observation", path: "quantity", sides, settling: "withdrawal" }),
      card({ id: "c2", record: "r2", kind: "visit", path: "place", settling: "nothing" }),
    ],
    { withdraw_disputed: () => ({ id: "r1", version: 8, conflict: false }) },
  );
  const clash = await screen.findByRole("region", { name: /Measurement/ });
  expect(within(clash).queryByRole("radio")).toBeNull();
  await userEvent.click(within(clash).getByRole("button", { name: "Withdraw the record" }));
  await within(clash).findByText("Fill this in before saving.");
  await userEvent.type(within(clash).getByRole("textbox"), "The laboratory sent it twice");
  await userEvent.click(within(clash).getByRole("button", { name: "Withdraw the record" }));
  expect(host.calls).toContainEqual({
    window: "main",
    name: "withdraw_disputed",
    input: { id: "r1", version: 7, reason: "The laboratory sent it twice" },
  });
  const visit = screen.getByRole("region", { name: /Visit/ });
  within(visit).getByText(/Somebody wrote in this visit here, so it stays/);
  expect(within(visit).queryByRole("button")).toBeNull();
});

test("without a clash the screen says what belongs here", async () => {
  draw([]);
  await screen.findByText("No conflicts.");
});

function side() {
  return { value: "", shortened: false, author: "Ben Cruz", wall: "2026-11-21T09:00:00+08:00", choice: 0 };
}
