/** Why a value is absent, in the order of their letters on the keys. */
export const WHY = ["not_tested", "unable", "refused", "eye_absent", "device_failed"] as const;
export type Why = (typeof WHY)[number];

/** The letter that says it behind `-`. */
const LETTERS: Record<string, Why> = {
  n: "not_tested",
  u: "unable",
  r: "refused",
  e: "eye_absent",
  d: "device_failed",
};

/** What stands before the reason in the typing of an absent value. */
const ABSENT = "absent:";

/** The typing of a value that is absent for a reason. */
export function absent(why: Why): string {
  return `${ABSENT}${why}`;
}

/** Why the typed value is absent; null where it is a value, or nothing. */
export function absentWhy(text: string): Why | null {
  if (!text.startsWith(ABSENT)) return null;
  return WHY.find((why) => text === absent(why)) ?? null;
}

/** A dash asks why there is no value; a letter behind it says why. */
export function readAbsent(text: string): Why | "asks" | null {
  const typed = text.trim().replace(/[−–]/g, "-").toLowerCase();
  if (typed === "-") return "asks";
  return (typed.length === 2 && typed.startsWith("-") && LETTERS[typed.slice(1)]) || null;
}

/**
 * A number as it is stored, from how people type it: a comma for the point, `+`, a long minus, no zero before the
 * point. Null where it is no number.
 */
export function readNumber(text: string): string | null {
  const typed = text.trim().replace(/[−–]/g, "-").replace(/,/g, ".").replace(/^\+/, "");
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(typed) ?? [];
  if (whole === "" && fraction === "") return null;
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  const kept = fraction.replace(/0+$/, "");
  const number = kept ? `${digits}.${kept}` : digits;
  return sign && number !== "0" ? `-${number}` : number;
}

/** What is reckoned with a true minus, `−2.63`. */
export function trueMinus(text: string): string {
  return text.replaceAll("-", "−");
}

/** A number as it is shown: so many places, a true minus, and its sign where it can be on both sides of zero. */
export function shownNumber(stored: string, places: number, signed: boolean): string {
  const number = Number(stored);
  if (!Number.isFinite(number)) return stored;
  // What a device told more finely keeps its digits.
  const digits = Math.max(places, stored.split(".")[1]?.length ?? 0);
  const text = Math.abs(number).toFixed(digits);
  if (number < 0) return `−${text}`;
  return signed && number > 0 ? `+${text}` : text;
}
