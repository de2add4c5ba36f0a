import type { TFunction } from "i18next";
import type { Status } from "../generated/commands";

/** The shape of the light: it repeats the words, it never says more. */
export type LightState = "needs_you" | "only_here" | "offline" | "waiting" | "in_step";

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

/** Tells a time of day, with the day before it where that is not today's. */
type Telling = (day: string | null, time: string) => string;

/**
 * The state in words, the most pressing first. Up to date is only ever said with the time of it, and never of a
 * workstation without a server, with anything still to send, or whose last round failed. `date` writes a day as it is
 * shown.
 */
export function syncWords(t: TFunction, status: Status, date: (day: string) => string): SyncWords {
  const { conflicts, refused, clock_behind, today } = status;
  // A day that is not today's is named, or a time from last week would pass for one of this morning.
  const told: Telling = (day, time) => (day === null || day === today ? time : `${date(day)} ${time}`);
  const server = status.attached ? serverWords(t, status, told) : aloneWords(t, status);
  const parts: Part[] = [server];
  if (status.backup === "late" || status.backup === "overdue") {
    parts.unshift({ light: "needs_you", short: t("sync.backup"), long: t("sync.backup_long") });
  }
  if (status.disk_short) {
    parts.unshift({ light: "needs_you", short: t("sync.disk"), long: t("sync.disk_long") });
  }
  if (clock_behind) {
    parts.unshift({ light: "needs_you", short: t("sync.clock"), long: t("sync.clock_long") });
  }
  if (status.findings.length > 0) {
    parts.unshift({ light: "needs_you", short: t("sync.found"), long: t("sync.found_long") });
  }
  if (status.trouble?.code === "restored") {
    parts.unshift({ light: "needs_you", short: t("sync.restored"), long: t("sync.restored_long") });
  }
  if (status.missing > 0) {
    const count = status.missing;
    parts.unshift({ light: "needs_you", short: t("sync.missing"), long: t("sync.missing_long", { count }) });
  }
  const short = t("sync.needs_you", { count: conflicts + refused });
  if (refused > 0) {
    parts.unshift({ light: "needs_you", short, long: t("sync.refused_long", { count: refused }) });
  }
  if (conflicts > 0) {
    parts.unshift({ light: "needs_you", short, long: t("sync.conflicts_long", { count: conflicts }) });
  }
  const first = parts[0] ?? server;
  return { light: first.light, short: first.short, long: parts.map((part) => part.long) };
}

function aloneWords(t: TFunction, { waiting: count }: Status): Part {
  return count > 0
    ? { light: "only_here", short: t("sync.only_here"), long: t("sync.only_here_long", { count }) }
    : { light: "only_here", short: t("sync.only_here_nothing"), long: t("sync.only_here_nothing_long") };
}

function serverWords(t: TFunction, status: Status, told: Telling): Part {
  const { waiting: count, synced, synced_day } = status;
  if (status.trouble) return troubleWords(t, status, status.trouble, told);
  if (count > 0) {
    return { light: "waiting", short: t("sync.sending", { count }), long: t("sync.sending_long", { count }) };
  }
  if (synced === null) {
    return { light: "waiting", short: t("sync.not_in_step"), long: t("sync.not_in_step_long") };
  }
  const time = told(synced_day, synced);
  return { light: "in_step", short: t("sync.in_step", { time }), long: t("sync.in_step_long", { time }) };
}

/** An instant carries the site's own offset, so its text has the site's day and time. */
export function instantText(at: string, told: Telling): string {
  return told(at.slice(0, 10), at.slice(11, 16));
}

function troubleWords(
  t: TFunction,
  { waiting: count, waiting_since }: Status,
  { code, since }: NonNullable<Status["trouble"]>,
  told: Telling,
): Part {
  const offline = code === "offline";
  const began = instantText(since, told);
  const long = t(offline ? "sync.offline_long" : "sync.stopped_long", { time: began });
  const kept = count > 0 ? ` ${t("sync.kept_long", { count })}` : "";
  // What waits began to wait before the trouble was noticed.
  const time = count > 0 && waiting_since ? instantText(waiting_since, told) : began;
  const head = offline ? "sync.offline" : "sync.stopped";
  return {
    light: offline ? "offline" : "needs_you",
    short: count > 0 ? t(`${head}_waiting`, { count, time }) : t(head, { time }),
    long: long + kept,
  };
}
