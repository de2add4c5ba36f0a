import { expect, test } from "vitest";
import { startText } from "./start";
import { status } from "../testing/signed-in";
import { syncWords } from "./sync-words";

const t = startText("en").t;
const words = (but: Parameters<typeof status>[0]) =>
  syncWords(t, status(but), (day) => `day ${day.slice(8)}`);
const agreed = { attached: true, waiting: 0, waiting_since: null, synced: "10:42", synced_day: "2026-11-22" };
const sending = (waiting: number) => ({
  ...agreed,
  waiting,
  waiting_since: waiting > 0 ? "2026-11-22T08:10:00+08:00" : null,
});
const trouble = (code: string, since = "2026-11-22T08:12:00+08:00") => ({
  trouble: { code, reason: null, since, tried: "2026-11-22T10:40:00+08:00" },
});

test.each([
  [{ attached: false, waiting: 12 }, "Only on this computer", "only_here"],
  [{ attached: false, waiting: 0 }, "Not connected", "only_here"],
  [sending(3), "Sending 3", "waiting"],
  [{ ...sending(12), ...trouble("offline") }, "Offline, 12 waiting since 08:10", "offline"],
  [{ ...agreed, ...trouble("offline") }, "Offline since 08:12", "offline"],
  [
    { ...agreed, ...trouble("offline", "2026-11-20T08:12:00+08:00") },
    "Offline since day 20 08:12",
    "offline",
  ],
  [{ ...agreed, ...trouble("server_refused") }, "Sync stopped 08:12", "needs_you"],
  [{ ...sending(2), ...trouble("forked") }, "Sync stopped, 2 waiting since 08:10", "needs_you"],
  [agreed, "Up to date 10:42", "in_step"],
  [{ ...agreed, synced_day: "2026-11-19" }, "Up to date day 19 10:42", "in_step"],
  [{ ...agreed, synced: null, synced_day: null }, "Not up to date yet", "waiting"],
  [{ ...agreed, conflicts: 1 }, "1 needs you", "needs_you"],
  [{ attached: false, waiting: 9, conflicts: 2 }, "2 need you", "needs_you"],
  [{ ...agreed, conflicts: 1, refused: 2 }, "3 need you", "needs_you"],
  [{ ...sending(4), ...trouble("offline"), refused: 1 }, "1 needs you", "needs_you"],
  [{ ...agreed, clock_behind: true }, "Check the clock", "needs_you"],
  [{ ...agreed, missing: 3 }, "Entries are missing", "needs_you"],
  [{ ...agreed, backup: "overdue" as const }, "Not backed up", "needs_you"],
  [{ ...agreed, backup: "no_target" as const }, "Up to date 10:42", "in_step"],
  [
    { ...agreed, findings: [{ kind: "mended", at: "", ops: 1, trail: 1 }] },
    "Check this computer",
    "needs_you",
  ],
])("a workstation with %o is called “%s”", (but, short, light) => {
  expect(words(but).short).toBe(short);
  expect(words(but).light).toBe(light);
});

const pick = <T>(n: number, of: readonly T[]) => of[n % of.length] as T;

test("in a thousand states the words are the state's and nothing else's", () => {
  for (let n = 0; n < 1000; n++) {
    const attached = n % 2 === 0;
    const waiting = pick(Math.floor(n / 2), [0, 1, 3, 12]);
    const conflicts = pick(Math.floor(n / 8), [0, 0, 1, 4]);
    const refused = pick(Math.floor(n / 3), [0, 0, 2]);
    const code = pick(Math.floor(n / 7), [null, null, "offline", "server_refused", "server_not_believed"]);
    const state = {
      ...sending(waiting),
      attached,
      conflicts,
      refused,
      clock_behind: n % 11 === 0,
      synced: attached && n % 5 > 0 ? "10:42" : null,
      trouble: attached && code ? trouble(code).trouble : null,
    };
    const { light, short, long } = words(state);
    const needs = conflicts + refused;
    const calm = attached && needs === 0 && !state.clock_behind && !state.trouble;
    expect(light === "in_step").toBe(calm && waiting === 0 && state.synced !== null);
    expect(short.startsWith("Up to date")).toBe(light === "in_step");
    expect(short.startsWith("Sending")).toBe(calm && waiting > 0);
    expect(/needs? you$/.test(short)).toBe(needs > 0);
    if (needs > 0) expect(parseInt(short)).toBe(needs);
    expect(light === "offline").toBe(short.startsWith("Offline"));
    if (light === "offline") expect(state.trouble?.code).toBe("offline");
    expect(/[Ss]topped/.test(short)).toBe(
      state.trouble !== null && code !== "offline" && needs === 0 && !state.clock_behind,
    );
    // Whoever asks is told of the trouble whatever is more pressing, and of everything that exists only here.
    const all = long.join(" ");
    expect(/cannot be reached|do not exchange/.test(all)).toBe(state.trouble !== null);
    if (waiting > 0) expect(all).toMatch(attached ? /kept here until/ : /only on this computer/);
    if (refused > 0) expect(all).toContain("refused");
  }
});
