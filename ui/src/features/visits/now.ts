import { useSession } from "../../host/session";
import { useClock, type Clock } from "../../i18n/use-clock";
import { useWhenIn } from "../../i18n/use-when";

/** The present at the site. */
export function useNow(): Clock {
  return useClock(useSession()?.time_zone ?? "UTC");
}

/** An instant as it is told at the site: `10:32` today, `03-Sep-2026 14:05` on another day. */
export function useWhen(): (instant: string) => string {
  return useWhenIn(useSession()?.time_zone ?? "UTC");
}
