import { expect, test } from "vitest";
import { startText } from "../i18n/start";
import { status } from "../testing/signed-in";
import { syncWords } from "./sync-words";

const t = startText("en").t;
const words = (but: Parameters<typeof status>[0]) =>
  syncWords(t, status(but), (day) => `day ${day.slice(8)}`);
const agreed = { attached: true, waiting: 0, waiting_since: null, synced: "10:42", synced_day: "2026-11-22" };
const since = (waiting_since: string) => ({ attached: true, waiting: 3, waiting_since });

test.each([
  [{ attached: false, waiting: 12 }, "Only on this computer", "only_here"],
  [{ attached: false, waiting: 0 }, "Not connected", "only_here"],
  [since("2026-11-22T08:10:00+08:00"), "3 waiting since 08:10", "waiting"],
  [since("2026-11-20T08:10:00+08:00"), "3 waiting since day 20 08:10", "waiting"],
  [agreed, "Up to date 10:42", "in_step"],
  [{ ...agreed, synced_day: "2026-11-19" }, "Up to date day 19 10:42", "in_step"],
  [{ ...agreed, synced: null, synced_day: null }, "Not up to date yet", "waiting"],
  [{ ...agreed, conflicts: 1 }, "1 needs you", "needs_you"],
  [{ attached: false, waiting: 9, conflicts: 2 }, "2 need you", "needs_you"],
  [{ ...agreed, clock_behind: true }, "Look at the clock", "needs_you"],
])("a workstation with %o is called “%s”", (but, short, light) => {
  expect(words(but).short).toBe(short);
  expect(words(but).light).toBe(light);
});

test("in a thousand states the light is calm only where the server has everything and nobody is needed", () => {
  for (let n = 0; n < 1000; n++) {
    const state = {
      attached: n % 2 === 0,
      waiting: Math.floor(n / 2) % 5,
      conflicts: Math.floor(n / 10) % 4,
      clock_behind: Math.floor(n / 40) % 5 === 0,
      synced: Math.floor(n / 200) % 2 === 0 ? "10:42" : null,
      synced_day: "2026-11-22",
    };
    const { light, short, long } = words(state);
    const agreed = state.attached && state.waiting === 0 && state.synced !== null;
    expect(light === "in_step").toBe(agreed && state.conflicts === 0 && !state.clock_behind);
    expect(short.startsWith("Up to date")).toBe(light === "in_step");
    if (!state.attached && state.waiting > 0) expect(long.join(" ")).toContain("only on this computer");
  }
});
