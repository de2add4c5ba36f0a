import { useEffect, useState } from "react";
import { clockText, dayAt } from "./dates";

/** The present in a time zone: milliseconds since 1970, the day `YYYY-MM-DD` and the time `10:42`. */
export interface Clock {
  at: number;
  day: string;
  time: string;
  /** The IANA time zone. */
  zone: string;
}

/** The present, anew each half minute, so that a screen left open does not grow stale. */
export function useClock(zone: string): Clock {
  const [at, setAt] = useState(() => Date.now());
  useEffect(() => {
    const clock = setInterval(() => setAt(Date.now()), 30_000);
    return () => clearInterval(clock);
  }, []);
  const instant = new Date(at).toISOString();
  return { at, zone, day: dayAt(instant, zone), time: clockText(instant, zone) };
}
