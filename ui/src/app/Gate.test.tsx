import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Door, Session } from "../generated/commands";
import { Refused } from "../host/host";
import type { Handlers } from "../host/memory";
import { renderApp } from "../testing/render";
import { door, session, status } from "../testing/signed-in";
import { IDLE } from "./idle";

const MARIA = { user: "u1", sign_in: "maria", name: "Dr Maria Reyes", role: "doctor", wait: 0, off: false };
const BEN = { user: "u2", sign_in: "ben", name: "Ben Cruz", role: "nurse", wait: 0, off: false };
const heading = (name: string) => screen.findByRole("heading", { level: 1, name });
const tiles = () => within(screen.getByRole("listbox")).getAllByRole("option");
const passwordField = () => screen.findByLabelText("Password", { selector: "input" });

/** A desk that remembers who is at it, as the real one does. */
function desk(state: Door["state"], but: Handlers = {}, at: Partial<Session> = {}): Handlers {
  let now: Door = door({ state, people: [BEN, MARIA], user: state === "locked" ? null : "u1" });
  const go = (next: Door["state"]) => {
    now = { ...now, state: next, user: next === "locked" ? null : "u1" };
  };
  const enter = () => {
    go("open");
    return session(at);
  };
  const shut = () => {
    if (now.state === "locked") throw new Refused("not_signed_in");
    if (now.state === "screen_locked") throw new Refused("screen_locked");
  };
  return {
    door: () => now,
    sign_in: enter,
    unlock: enter,
    lock: () => {
      go("screen_locked");
      return {};
    },
    sign_out: () => {
      go("locked");
      return {};
    },
    session: () => {
      shut();
      return session(at);
    },
    status: () => {
      shut();
      return status();
    },
    ...but,
  };
}

const refuse =
  (code: string, fields: Record<string, string | number> = {}) =>
  () => {
    throw new Refused(code, fields);
  };

afterEach(() => vi.useRealTimers());

test("a person is at work with four keys and the password", async () => {
  const { host } = renderApp("/patients", desk("locked"));
  await heading("Who is it?");
  expect(host.window).toBe("lock");
  expect(document.title).toBe("Who is it? · ClinicDesk");
  await userEvent.keyboard("mar{Enter}");
  expect(document.activeElement).toBe(await passwordField());
  await userEvent.keyboard("quiet tram under nine lemons{Enter}");
  await heading("Today");
  expect(host.window).toBe("main");
  expect(host.calls).toContainEqual({
    window: "lock",
    name: "sign_in",
    input: { who: "maria", password: "quiet tram under nine lemons" },
  });
});

test("tiles are narrowed by a name without its accents, and it is said when nobody is left", async () => {
  const people = [BEN, { ...MARIA, name: "Dr María Reyes" }];
  renderApp("/", desk("locked", { door: () => door({ state: "locked", people }) }));
  await heading("Who is it?");
  expect(tiles()).toHaveLength(2);
  await userEvent.keyboard("reyes mari");
  expect(tiles().map((tile) => tile.textContent)).toEqual(["MRDr María ReyesDoctor"]);
  await userEvent.keyboard("x");
  screen.getByText("Nobody who may sign in here is called “reyes marix”.");
});

test("the tiles are walked by the arrow keys and chosen by the pointer", async () => {
  renderApp("/", desk("locked"));
  await heading("Who is it?");
  await userEvent.keyboard("{ArrowDown}");
  expect(within(screen.getByRole("listbox")).getByRole("option", { selected: true }).textContent).toContain(
    "Dr Maria Reyes",
  );
  await userEvent.click(screen.getByText("Ben Cruz"));
  await heading("Ben Cruz");
  await userEvent.keyboard("{Escape}");
  await heading("Who is it?");
});

test("a wrong password is told at its field, which is emptied and keeps the keys", async () => {
  renderApp("/", desk("locked", { sign_in: refuse("not_recognised") }));
  await heading("Who is it?");
  await userEvent.keyboard("ben{Enter}");
  await passwordField();
  await userEvent.keyboard("wrong{Enter}");
  await screen.findByText(/^This is not the password\./);
  const field = await passwordField();
  expect((field as HTMLInputElement).value).toBe("");
  expect(document.activeElement).toBe(field);
});

test("the wait that is left counts down, and then the password is taken again", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  let refused = true;
  const signIn = () => {
    if (refused) throw new Refused("not_recognised", { seconds: 30 });
    return session();
  };
  renderApp("/", desk("locked", { sign_in: signIn }));
  await heading("Who is it?");
  await user.keyboard("ben{Enter}");
  await passwordField();
  await user.keyboard("wrong{Enter}");
  await screen.findByText("Next try in 0:30.");
  await user.keyboard("again");
  const button = screen.getByRole("button", { name: "Sign in" }) as HTMLButtonElement;
  expect(button.disabled).toBe(true);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  screen.getByText(/^Next try in 0:(19|20)\.$/);
  await act(() => vi.advanceTimersByTimeAsync(21_000));
  screen.getByText("You can try again now.");
  expect(button.disabled).toBe(false);
  refused = false;
});

test("a tile shows the wait that is left on it", async () => {
  const people = [{ ...BEN, wait: 300 }, MARIA];
  renderApp("/", desk("locked", { door: () => door({ state: "locked", people }) }));
  await screen.findByText("wait 5:00");
});

test("a sign-in that is switched off tells no time to wait, and who switches it on again", async () => {
  const ana = { ...MARIA, user: "u9", sign_in: "ana", name: "Ana Admin", role: "administrator" };
  const people = [{ ...BEN, off: true }, ana];
  const { host } = renderApp("/", desk("locked", { door: () => door({ state: "locked", people }) }));
  await screen.findByText("switched off");
  await userEvent.keyboard("ben{Enter}");
  await passwordField();
  const told = await screen.findByRole("alert");
  expect(told.textContent).toContain("under Admin, People: Ana Admin.");
  await userEvent.keyboard("anything{Enter}");
  expect(host.calls.some(({ name }) => name === "sign_in")).toBe(false);
});

test.each([
  ["wait", "Too many tries in a row."],
  ["slot_disabled", "This sign-in is switched off after too many tries."],
  ["not_trusted", "No administrator of this clinic vouches for this account."],
  ["account_inactive", "This account is not active."],
  ["account_expired", "The last day of this account is over."],
  ["not_permitted", "Your role does not permit this."],
  ["store_damaged", "A file of the records on this computer is damaged."],
  ["store_newer", "The records on this computer were written by a newer version of ClinicDesk."],
  ["store_in_use", "ClinicDesk is open a second time on this computer."],
  ["disk_full", "The disk of this computer is full."],
  ["no_clinic", "No clinic was set up on this workstation."],
])("a sign-in refused as %s says so in words", async (code, sentence) => {
  renderApp("/", desk("locked", { sign_in: refuse(code, code === "wait" ? { seconds: 30 } : {}) }));
  await heading("Who is it?");
  await userEvent.keyboard("ben{Enter}");
  await passwordField();
  await userEvent.keyboard("anything{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain(sentence);
});

test("Ctrl L locks, what was answered is forgotten, and the password leads back to the same place", async () => {
  const { host } = renderApp("/certificates", desk("open"));
  await heading("Certificates");
  await userEvent.keyboard("{Control>}l{/Control}");
  await heading("Dr Maria Reyes");
  expect(host.window).toBe("lock");
  expect(screen.queryByText("Certificates")).toBeNull();
  const asked = host.calls.filter((call) => call.name === "status").length;
  await userEvent.keyboard("quiet tram under nine lemons{Enter}");
  await heading("Certificates");
  await waitFor(() =>
    expect(host.calls.filter((call) => call.name === "status").length).toBeGreaterThan(asked),
  );
});

test("locking asks nothing of the shut door", async () => {
  const { host } = renderApp("/today", desk("open"));
  await heading("Today");
  await waitFor(() => expect(host.calls.some((call) => call.name === "scratches")).toBe(true));
  const before = host.calls.length;
  await userEvent.keyboard("{Control>}l{/Control}");
  await heading("Dr Maria Reyes");
  expect(host.calls.slice(before).map((call) => call.name)).toEqual(["lock", "door"]);
});

test("whoever comes next does not start where the last one was", async () => {
  renderApp("/certificates", desk("open"));
  await heading("Certificates");
  await userEvent.keyboard("{Control>}l{/Control}");
  await userEvent.click(await screen.findByRole("button", { name: "Someone else" }));
  await heading("Who is it?");
  await userEvent.keyboard("ben{Enter}");
  await passwordField();
  await userEvent.keyboard("seven brown lamps at noon{Enter}");
  await heading("Today");
});

test("the menu signs out", async () => {
  const { host } = renderApp("/today", desk("open"));
  await userEvent.click(await screen.findByRole("button", { name: "Dr Maria Reyes" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out, switch person" }));
  await heading("Who is it?");
  expect(host.calls.map((call) => call.name)).toContain("sign_out");
});

test("a lock that failed is told, for the screen is still open", async () => {
  renderApp("/today", desk("open", { lock: refuse("disk_full") }));
  await heading("Today");
  await userEvent.keyboard("{Control>}l{/Control}");
  expect((await screen.findByRole("alert")).textContent).toContain("The disk of this computer is full.");
});

test("a desk left alone for ten minutes locks itself, and each touch puts it off", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  renderApp("/today", desk("open"));
  await heading("Today");
  await act(() => vi.advanceTimersByTimeAsync(IDLE - 1000));
  fireEvent.pointerMove(window);
  await act(() => vi.advanceTimersByTimeAsync(IDLE - 1000));
  screen.getByRole("heading", { level: 1, name: "Today" });
  await act(() => vi.advanceTimersByTimeAsync(2000));
  await heading("Dr Maria Reyes");
});

test("the touch that wakes a computer from sleep does not count as somebody at the desk", async () => {
  renderApp("/today", desk("open"));
  await heading("Today");
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + IDLE + 1000);
  fireEvent.keyDown(window, { key: "a" });
  await heading("Dr Maria Reyes");
});

test("a session that ended behind the page leads to the door", async () => {
  let ended = false;
  renderApp("/today", {
    door: () => door({ state: ended ? "locked" : "open", people: [BEN] }),
    find_patients: refuse("not_signed_in"),
    scratches: () => {
      if (ended) throw new Refused("not_signed_in");
      return { rows: [] };
    },
    rebuild: () => {
      ended = true;
      throw new Refused("not_signed_in");
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Only on this computer" }));
  await userEvent.click(await screen.findByRole("button", { name: "Sync and health" }));
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  await heading("Who is it?");
});

test("a password that somebody else made is changed before anything else", async () => {
  let must = true;
  const { host } = renderApp("/today", {
    session: () => session({ must_change_password: must }),
    change_password: () => {
      must = false;
      return {};
    },
  });
  await heading("Choose a password of your own");
  expect(screen.queryByRole("navigation")).toBeNull();
  // Anything else would be refused.
  expect(new Set(host.calls.map((call) => call.name))).toEqual(new Set(["door", "session"]));
  screen.getByLabelText(/^Current password/, { selector: "input" }).focus();
  // Tab goes from one password to the next.
  await userEvent.keyboard("seven brown lamps{Tab}short{Tab}short{Enter}");
  screen.getByText("Too short: it takes at least 15 characters.");
  expect(host.calls.map((call) => call.name)).not.toContain("change_password");
  await userEvent.type(screen.getByLabelText(/^New password/, { selector: "input" }), " orange whales knit");
  screen.getByText("The two are not the same.");
  const again = screen.getByLabelText(/^Repeat it/, { selector: "input" });
  await userEvent.type(again, " orange whales knit{Enter}");
  await heading("Today");
  expect(host.calls).toContainEqual({
    window: "main",
    name: "change_password",
    input: { old: "seven brown lamps", new: "short orange whales knit" },
  });
});

test.each([
  ["not_recognised", {}, "This is not the current password."],
  ["weak_password", { fault: "guessable" }, /^Too easy to guess: a common phrase/],
  ["weak_password", { fault: "personal" }, /^Too easy to guess: without your name/],
  ["weak_password", { fault: "same" }, "This is the current password."],
  ["weak_password", { fault: "long" }, "Too long: at most 512 characters."],
  ["disk_full", {}, "The disk of this computer is full."],
])("a change of password refused as %s %o says so in words", async (code, fields, sentence) => {
  renderApp("/today", { change_password: refuse(code, fields as Record<string, string>) });
  await userEvent.click(await screen.findByRole("button", { name: "Dr Maria Reyes" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Change password" }));
  await userEvent.type(await screen.findByLabelText(/^Current password/, { selector: "input" }), "old one");
  await userEvent.type(
    screen.getByLabelText(/^New password/, { selector: "input" }),
    "orange whales knit socks",
  );
  await userEvent.type(
    screen.getByLabelText(/^Repeat it/, { selector: "input" }),
    "orange whales knit socks{Enter}",
  );
  await screen.findByText(sentence);
});

test("a door that is damaged opens by the recovery sheet, and the line that is mistyped is named", async () => {
  let state: Door["state"] = "damaged";
  let typed = "";
  const { host } = renderApp(
    "/",
    desk("locked", {
      door: () => door({ state, damaged: state === "damaged" ? ["door"] : [], people: [MARIA], user: null }),
      open_by_sheet: ({ sheet }) => {
        if (typed === "") {
          typed = sheet;
          throw new Refused("wrong_sheet", { line: 3 });
        }
        state = "locked";
        return { mended: ["door"] };
      },
    }),
  );
  await heading("Open with the recovery sheet");
  screen.getByText(/What opens them is damaged or gone: door\./);
  const lines = screen.getByLabelText(/The lines of the sheet/);
  await userEvent.type(lines, "abcd efgh");
  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  await screen.findByText("Line 3 is not what the sheet says.");
  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  await heading("Who is it?");
  expect(host.calls.filter(({ name }) => name === "open_by_sheet")).toHaveLength(2);
});

test("a lost file of somebody is told below the people, with the sheet as a way", async () => {
  renderApp(
    "/",
    desk("locked", { door: () => door({ state: "locked", people: [MARIA], damaged: ["people"] }) }),
  );
  await heading("Who is it?");
  screen.getByText(/It is made again when a colleague signs in/);
  await userEvent.click(screen.getByRole("button", { name: "Use the recovery sheet" }));
  await heading("Open with the recovery sheet");
});
