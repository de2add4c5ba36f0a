import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import type { SnippetRow } from "../../generated/SnippetRow";
import { renderApp } from "../../testing/render";

const user = userEvent.setup({ delay: null });
const KEPT = { id: "s2", version: 2, conflict: false };
const ROWS: SnippetRow[] = [
  {
    id: "s1",
    version: 3,
    of: "own",
    may_edit: true,
    key: "rest",
    section: null,
    text: "Rested from {time}.",
  },
  {
    id: null,
    version: null,
    of: "shipped",
    may_edit: false,
    key: "throat",
    section: "plan",
    text: "Gargle.",
  },
];
const open = (handlers: Handlers = {}) =>
  renderApp("/snippets", {
    snippets: ({ before }) =>
      before === null ? { rows: ROWS.slice(0, 1), next: 1 } : { rows: ROWS.slice(1), next: null },
    write_snippet: () => KEPT,
    void_snippet: () => KEPT,
    ...handlers,
  });
const sent = (host: ReturnType<typeof renderApp>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.input);

test("a snippet is written, its trouble told at its field, and one of the same key refused in words", async () => {
  let used = true;
  const { host } = open({
    write_snippet: () => {
      if (used) throw new Refused("invalid", { field: "key", why: "used" });
      return KEPT;
    },
  });
  await screen.findByText(".throat");
  await user.click(screen.getByRole("button", { name: "Write a snippet" }));
  await user.type(await screen.findByLabelText(/^Key/), "A key");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Two to 24 small letters, digits, - or _, and a letter first.");
  await screen.findByText("Write what it opens into.");
  expect(sent(host, "write_snippet")).toEqual([]);
  await user.clear(screen.getByLabelText(/^Key/));
  await user.type(screen.getByLabelText(/^Key/), ".rest");
  await user.type(screen.getByLabelText(/^Text/), "Rested.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("This key opens another snippet in the same part already.");
  used = false;
  await user.type(screen.getByLabelText(/^Key/), "ed");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText(".rested is saved.");
  expect(sent(host, "write_snippet").at(-1)).toEqual({
    id: null,
    version: null,
    clinic: false,
    details: { key: "rested", text: "Rested.", section: null },
  });
});

test("one's own snippet is changed and withdrawn with a reason; one of the program begins one's own", async () => {
  const { host } = open();
  await user.click(await screen.findByText(".rest"));
  await user.type(await screen.findByLabelText(/^Text/), " Better.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText(".rest is saved.");
  expect(sent(host, "write_snippet")[0]).toMatchObject({
    id: "s1",
    version: 3,
    details: { text: "Rested from {time}. Better." },
  });
  await user.click(screen.getByText(".throat"));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() =>
    expect(sent(host, "write_snippet")[1]).toMatchObject({ id: null, details: { key: "throat" } }),
  );
  await user.click(screen.getByText(".rest"));
  await user.click(await screen.findByRole("button", { name: "Withdraw…" }));
  await user.click(screen.getByRole("button", { name: "Withdraw" }));
  await screen.findByText("Say why, for whoever reads it later.");
  await user.type(screen.getByLabelText(/^Why/), "not used");
  await user.click(screen.getByRole("button", { name: "Withdraw" }));
  await screen.findByText(".rest is withdrawn.");
  expect(sent(host, "void_snippet")).toEqual([{ id: "s1", version: 3, reason: "not used" }]);
});
