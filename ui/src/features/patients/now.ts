import { useEffect, useState } from "react";
import { clockText, dayAt } from "../../i18n/dates";
import { useSession } from "../../host/session";

/** The present at the site: milliseconds since 1970, the day `YYYY-MM-DD` and the time `10:42`. */
export interface Now {
  at: number;
  day: string;
  time: string;
  /** The site's IANA time zone. */
  zone: string;
}

/** The present at the site, anew each half minute, so that a screen left open does not grow stale. */
export function useNow(): Now {
  const zone = useSession()?.time_zone ?? "UTC";
  const [at, setAt] = useState(() => Date.now());
  useEffect(() => {
    const clock = setInterval(() => setAt(Date.now()), 30_000);
    return () => clearInterval(clock);
  }, []);
  const instant = new Date(at).toISOString();
  return { at, zone, day: dayAt(instant, zone), time: clockText(instant, zone) };
}
