import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Handlers } from "../host/memory";
import { PEOPLE, person } from "../testing/people";
import { renderApp } from "../testing/render";
import { keeping } from "../testing/scratch";
import { door, session } from "../testing/signed-in";
import { VISIT, VISITING } from "../testing/visits";

const user = userEvent.setup({ delay: null });
const { id } = person();

/** A desk that is locked and opened again by the same person. */
function lockable(): Handlers {
  let locked = false;
  const goes = (to: boolean) => () => {
    locked = to;
    return (to ? {} : session()) as never;
  };
  const maria = {
    user: "u1",
    sign_in: "maria",
    name: "Dr Maria Reyes",
    role: "doctor",
    wait: 0,
    off: false,
  };
  return {
    ...keeping().handlers,
    door: () =>
      door({ state: locked ? "screen_locked" : "open", people: [maria], user: locked ? "u1" : null }),
    lock: goes(true),
    unlock: goes(false),
  };
}

test.each<[string, string, () => Promise<HTMLElement>]>([
  ["a vital sign", `/patients/${id}?tab=vitals`, () => screen.findByLabelText("Pulse")],
  ["when it was taken", `/patients/${id}?tab=vitals`, () => screen.findByLabelText("Taken")],
  [
    "a system of the examination",
    `/patients/${id}?task=note ${VISIT}`,
    async () => {
      const system = await screen.findByRole("radiogroup", { name: "Skin" });
      return system.querySelector("[role=radio]") as HTMLElement;
    },
  ],
  ["the room of the queue", "/queue", () => screen.findByRole("textbox", { name: "Room" })],
])("after an unlock the keys are in %s again, where they were", async (_, at, place) => {
  renderApp(at, { ...PEOPLE, ...VISITING, ...lockable() });
  (await place()).focus();
  await user.keyboard("{Control>}l{/Control}");
  await user.type(await screen.findByLabelText("Password", { selector: "input" }), "nine lemons{Enter}");
  await waitFor(async () => expect(document.activeElement).toBe(await place()));
  await new Promise((on) => setTimeout(on, 100));
  expect(document.activeElement).toBe(await place());
});
