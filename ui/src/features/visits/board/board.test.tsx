import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Board as Tickets } from "../../../generated/Board";
import { Refused } from "../../../host/host";
import type { Handlers } from "../../../host/memory";
import { renderPart } from "../../../testing/render";
import { Board } from "./Board";

const board = (but: Partial<Tickets> = {}): Tickets => ({
  rows: [
    { call: "c2", ticket: "A13", room: "Room 2" },
    { call: "c1", ticket: "C02", room: "Chair 1" },
  ],
  as_of: "10:31",
  cut_off: false,
  ...but,
});

const show = (handlers: Handlers) => renderPart(<Board />, handlers);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the board shows tickets and rooms, the latest first, and asks for nothing that could name anybody", async () => {
  const { host } = show({ board: () => board() });
  await screen.findByText("A13");
  const rows = screen.getAllByRole("listitem").map((row) => row.textContent);
  expect(rows).toEqual(["A13Room 2", "C02Chair 1"]);
  expect([...new Set(host.calls.map(({ name }) => name))]).toEqual(["board"]);
  expect(screen.getByRole("main").textContent).toBe(
    "Now servingTinatawag ngayonGitawag karonA13Room 2C02Chair 1",
  );
});

test("a call is shown with the news of it, and sounds once", async () => {
  const sounds = vi.fn();
  const tone = {
    frequency: { value: 0 },
    connect: () => tone,
    start: sounds,
    stop: () => undefined,
    gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined },
  };
  class Sound {
    currentTime = 0;
    destination = tone;
    createOscillator = () => tone;
    createGain = () => tone;
    close = async () => undefined;
  }
  vi.stubGlobal("AudioContext", Sound);
  let rows = board().rows;
  const { host } = show({ board: () => board({ rows }) });
  await screen.findByText("A13");
  expect(sounds).not.toHaveBeenCalled();
  rows = [{ call: "c3", ticket: "A14", room: "Room 1" }, ...rows];
  act(() => host.news("call"));
  await screen.findByText("A14");
  await waitFor(() => expect(sounds).toHaveBeenCalledTimes(2));
  act(() => host.news("ticket"));
  await waitFor(() => expect(host.calls).toHaveLength(3));
  expect(sounds).toHaveBeenCalledTimes(2);
});

test("cut off from the server the board says since when it hears nothing", async () => {
  show({ board: () => board({ cut_off: true }) });
  expect((await screen.findByRole("status")).textContent).toContain("As of 10:31");
});

test("behind a locked screen the last tickets stay, and after a minute the board says since when", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let locked = false;
  show({
    board: () => {
      if (locked) throw new Refused("screen_locked");
      return board();
    },
  });
  await screen.findByText("A13");
  locked = true;
  await act(() => vi.advanceTimersByTimeAsync(45_000));
  expect(screen.queryByRole("status")).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(45_000));
  expect(screen.getByRole("status").textContent).toContain("As of 10:31");
  screen.getByText("A13");
});

test("before anybody has signed in the board says what it waits for", async () => {
  show({
    board: () => {
      throw new Refused("not_signed_in");
    },
  });
  await screen.findByText(/while somebody is signed in/);
});
