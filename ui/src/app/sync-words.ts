import type { TFunction } from "i18next";
import type { Status } from "../generated/commands";

/** The shape of the light: it repeats the words, it never says more. */
export type LightState = "needs_you" | "only_here" | "waiting" | "in_step";

/** What the state of this workstation is called, shortly for the bar and at length for whoever asks. */
export interface SyncWords {
  light: LightState;
  short: string;
  long: string[];
}

interface Part {
  light: LightState;
  short: string;
  long: string;
}

/**
 * The state in words, the most pressing first. Up to date is only ever said with the time of it, and never of a
 * workstation without a server or with anything still to send. `date` writes a day as it is shown.
 */
export function syncWords(t: TFunction, status: Status, date: (day: string) => string): SyncWords {
  const { conflicts, clock_behind } = status;
  const server = status.attached ? serverWords(t, status, date) : aloneWords(t, status);
  const parts: Part[] = [server];
  if (clock_behind) {
    parts.unshift({ light: "needs_you", short: t("sync.clock"), long: t("sync.clock_long") });
  }
  if (conflicts > 0) {
    const count = conflicts;
    const short = t("sync.needs_you", { count });
    parts.unshift({ light: "needs_you", short, long: t("sync.conflicts_long", { count }) });
  }
  const { light, short } = parts[0] ?? server;
  return { light, short, long: parts.map((part) => part.long) };
}

function aloneWords(t: TFunction, { waiting: count }: Status): Part {
  return count > 0
    ? { light: "only_here", short: t("sync.only_here"), long: t("sync.only_here_long", { count }) }
    : { light: "only_here", short: t("sync.only_here_nothing"), long: t("sync.only_here_nothing_long") };
}

function serverWords(t: TFunction, status: Status, date: (day: string) => string): Part {
  const { waiting: count, waiting_since, synced, synced_day, today } = status;
  // A day that is not today's is named, or a time from last week would pass for one of this morning.
  const told = (day: string | null, time: string) =>
    day === null || day === today ? time : `${date(day)} ${time}`;
  if (count > 0) {
    // The instant carries the site's own offset, so its text has the site's day and time.
    const time = waiting_since ? told(waiting_since.slice(0, 10), waiting_since.slice(11, 16)) : status.time;
    return {
      light: "waiting",
      short: t("sync.waiting", { count, time }),
      long: t("sync.sending_long", { count }),
    };
  }
  if (synced === null) {
    return { light: "waiting", short: t("sync.not_in_step"), long: t("sync.not_in_step_long") };
  }
  const time = told(synced_day, synced);
  return { light: "in_step", short: t("sync.in_step", { time }), long: t("sync.in_step_long", { time }) };
}
