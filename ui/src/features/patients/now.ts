import { useSession } from "../../host/session";
import { useClock, type Clock } from "../../i18n/use-clock";

/** The present at the site. */
export function useNow(): Clock {
  return useClock(useSession()?.time_zone ?? "UTC");
}
