import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { commandTags, type Tag } from "../generated/commands";
import type { CommandName } from "./host";
import { Refused } from "./host";
import { useCommand, useQueryOf } from "./use-command";

// The list is generated, so the test picks from it: a reading command, and one that makes another stale.
const names = Object.keys(commandTags) as CommandName[];
const pairs = names.flatMap((writer) =>
  names
    .filter((reader) =>
      commandTags[reader].reads.some((tag) => (commandTags[writer].stales as Tag[]).includes(tag)),
    )
    .map((reader) => ({ writer, reader })),
);
const { writer, reader } = pairs.find(
  (pair) => commandTags[pair.writer].reads.length === 0,
) as (typeof pairs)[0];

function Reader() {
  const query = useQueryOf(reader, null as never);
  const command = useCommand(writer);
  return (
    <>
      <output>{query.error ? query.error.code : JSON.stringify(query.data)}</output>
      <button onClick={() => command.mutate(null as never)}>go</button>
      <p>{command.error?.code}</p>
    </>
  );
}

const shown = () => screen.getByRole("status").textContent;

test("an answer is asked for once, and again after a command that makes it stale", async () => {
  let n = 0;
  const { host } = renderPart(<Reader />, { [reader]: () => ++n, [writer]: () => null });
  await waitFor(() => expect(shown()).toBe("1"));
  screen.getByRole("button").click();
  await waitFor(() => expect(shown()).toBe("2"));
  expect(host.calls.map((call) => call.name)).toEqual([reader, writer, reader]);
});

test("a refused command leaves the answers as they are and tells its code", async () => {
  let n = 0;
  const refuse = () => {
    throw new Refused("not_allowed", { permission: "patient.write" });
  };
  renderPart(<Reader />, { [reader]: () => ++n, [writer]: refuse });
  await waitFor(() => expect(shown()).toBe("1"));
  screen.getByRole("button").click();
  await screen.findByText("not_allowed");
  expect(shown()).toBe("1");
});

test("news drops only the answers that read its tags", async () => {
  let n = 0;
  const { host } = renderPart(<Reader />, { [reader]: () => ++n });
  await waitFor(() => expect(shown()).toBe("1"));
  await act(async () => host.news("nothing of ours" as Tag));
  expect(shown()).toBe("1");
  await act(async () => host.news(...commandTags[reader].reads));
  await waitFor(() => expect(shown()).toBe("2"));
});

test("a refusal of a question is shown as it came and is not asked again by itself", async () => {
  const { host } = renderPart(<Reader />, {});
  await waitFor(() => expect(shown()).toBe("unknown_command"));
  expect(host.calls).toHaveLength(1);
});
