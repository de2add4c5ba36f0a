import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { CodePackRow } from "../../generated/CodePackRow";
import type { CodesTaken } from "../../generated/CodesTaken";
import { Refused } from "../../host/host";
import type { Handlers } from "../../host/memory";
import { renderPart } from "../../testing/render";
import { ADMINISTRATOR, session } from "../../testing/signed-in";
import { Codes } from "./Codes";

const user = userEvent.setup({ delay: null, applyAccept: false });

const PACK: CodePackRow = {
  id: "p1",
  seen: 4,
  system: "http://hl7.org/fhir/sid/icd-10",
  version: "2016",
  language: "en",
  licence: "Internal licence, no. 12",
  confirmed_by: "Dr Maria Reyes",
  sha256: "00",
  active: true,
  here: 0,
};
const LOOKED: CodesTaken = {
  format: "table",
  system: "",
  version: "",
  names: 2,
  first: ["Cholera · A00.9"],
  left: [{ line: 4, fault: "no_code" }],
  left_out: 1,
  sha256: "00",
  pack: null,
  here: false,
};

const draw = (but: Handlers = {}) =>
  renderPart(<Codes />, {
    session: () => session({ role: "administrator", permissions: ADMINISTRATOR }),
    code_packs: () => ({ rows: [PACK], more: false, starter: 623, starter_coded: 600 }),
    take_in_codes: () => LOOKED,
    end_codes: () => ({ id: "p1", version: 5, conflict: false }),
    uncoded: () => ({
      rows: [{ name: "Bad knees", times: 3, last: null, near: "Joint pain", code: "M25.5" }],
      total: 1,
      next: null,
    }),
    ...but,
  });
const sent = (host: ReturnType<typeof draw>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map(({ input }) => input);
const choose = async (text: string) => {
  const file = new File([text], "codes.csv");
  await screen.findByRole("button", { name: "Choose a file of codes" });
  await user.upload(document.querySelector("input[type=file]") as HTMLInputElement, file);
};

test("a file is looked at, and added once its system, version and licence are said and confirmed", async () => {
  const { host } = draw();
  await choose("code,name");
  const pane = within(await screen.findByRole("region", { name: "codes.csv" }));
  await pane.findByText("Table with 2 names.");
  pane.getByText("Line 4: no code");
  await user.click(pane.getByRole("button", { name: /^Add the file/ }));
  await pane.findByText("Nothing is added without this.");
  expect(sent(host, "take_in_codes")).toHaveLength(1);
  await user.type(pane.getByRole("textbox", { name: /^Code system/ }), "urn:own");
  await user.type(pane.getByRole("textbox", { name: /^Version/ }), "2016");
  await user.type(pane.getByRole("textbox", { name: /^Licence/ }), "our own");
  await user.click(pane.getByRole("button", { name: /^Add the file/ }));
  expect(sent(host, "take_in_codes")).toHaveLength(1);
  await user.click(pane.getByRole("checkbox"));
  await user.click(pane.getByRole("button", { name: /^Add the file/ }));
  await waitFor(() =>
    expect(sent(host, "take_in_codes").at(-1)).toEqual({
      text: "code,name",
      system: "urn:own",
      version: "2016",
      language: "en",
      licence: "our own",
      confirmed: true,
      dry_run: false,
    }),
  );
  await waitFor(() => expect(screen.queryByRole("region", { name: "codes.csv" })).toBeNull());
});

test("a file that is none is refused in words, with what can be done", async () => {
  draw({
    take_in_codes: () => {
      throw new Refused("file_refused", { place: "file", reason: "no_columns" });
    },
  });
  await choose("nothing");
  expect((await screen.findByRole("alert")).textContent).toMatch(/which column holds the codes/);
  expect(screen.queryByRole("button", { name: /^Add the file/ })).toBeNull();
});

test("a file that this computer was not given says so, and its use is ended after asking once", async () => {
  const { host } = draw();
  await screen.findByText("Not yet: choose the same file here");
  await user.click(screen.getByRole("button", { name: "End its use…" }));
  await user.click(await screen.findByRole("button", { name: "End its use" }));
  await waitFor(() => expect(sent(host, "end_codes")).toEqual([{ pack: "p1", seen: 4 }]));
});

test("what has no code is listed only on asking, for each look stands in the trail", async () => {
  const { host } = draw();
  await screen.findByText(/^623 names/);
  expect(sent(host, "uncoded")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Show them" }));
  await screen.findByText("1 name has no code.");
  const row = await screen.findByRole("row", { name: /^Bad knees/ });
  expect(row.textContent).toContain("Joint pain · M25.5");
});
