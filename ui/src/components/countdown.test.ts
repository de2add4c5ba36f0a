import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useCountdown, waitText } from "./countdown";

afterEach(() => vi.useRealTimers());

test.each([
  [0, "0:00"],
  [30, "0:30"],
  [300, "5:00"],
  [3599, "59:59"],
  [3600, "1:00:00"],
])("%d seconds are written %s", (seconds, text) => expect(waitText(seconds)).toBe(text));

test("seconds run down to none and stop there", () => {
  vi.useFakeTimers();
  const { result } = renderHook(() => useCountdown(Date.now() + 2500));
  expect(result.current).toBe(3);
});

test("a count that began before it came on screen shows what is left now", () => {
  vi.useFakeTimers();
  const until = Date.now() + 3000;
  const { result } = renderHook(() => useCountdown(until));
  act(() => void vi.advanceTimersByTime(1600));
  expect(result.current).toBe(2);
  act(() => void vi.advanceTimersByTime(5000));
  act(() => void vi.advanceTimersByTime(1));
  expect(result.current).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
