import { useEffect, useState } from "react";

/** Whole seconds until `until` (milliseconds since 1970, as of this page's clock); 0 once it is over. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const running = left > 0;
  useEffect(() => {
    const tick = () => setNow(Date.now());
    // What was known when this came on screen may be old.
    const first = setTimeout(tick, 0);
    const timer = running ? setInterval(tick, 500) : undefined;
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [until, running]);
  return left;
}

/** `0:30`, `15:00`, `1:00:00`. */
export function waitText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
