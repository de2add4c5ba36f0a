import { clockText } from "../../i18n/dates";

/** The time zone that this computer is set to. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Every IANA time zone that can be chosen, the computer's own among them. */
export function zones(): string[] {
  const known = new Set(Intl.supportedValuesOf("timeZone"));
  known.add(zoneHere()).add("UTC");
  return [...known].sort();
}

/** The clock time there now, empty for a name that is no zone. */
export function timeThere(zone: string, now = new Date()): string {
  try {
    return clockText(now.toISOString(), zone);
  } catch {
    return "";
  }
}
