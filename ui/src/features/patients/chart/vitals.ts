import type { Vital } from "../../../generated/Vital";

/** What one hand took in one minute. */
export interface Taking {
  key: string;
  at: string | null;
  day: string | undefined;
  author: string | null;
  /** It came from elsewhere, and `author` only brought it in. */
  imported: boolean;
  /** Older than a day: it tells of then, not of now. */
  old: boolean;
  vitals: Vital[];
}

const A_DAY_MS = 24 * 3_600_000;

/** The vital signs by their taking, latest first as they came; `now` in milliseconds since 1970. */
export function byTaking(vitals: readonly Vital[], now: number): Taking[] {
  const takings = new Map<string, Taking>();
  for (const vital of vitals) {
    const { at, author, imported } = vital;
    const { day } = vital.details;
    const minute = at ? Math.floor(Date.parse(at) / 60_000) : day;
    const key = `${minute}|${author}`;
    const found = takings.get(key);
    if (found) found.vitals.push(vital);
    else {
      // Of a day without a time the whole day counts.
      const since = at ? Date.parse(at) : Date.parse(`${day?.replace("~", "")}`) + A_DAY_MS;
      takings.set(key, { key, at, day, author, imported, old: !(now - since <= A_DAY_MS), vitals: [vital] });
    }
  }
  return [...takings.values()];
}
