/** Why a typed date was not taken; each is a key under `date.error`. */
export type DateTrouble =
  "unreadable" | "no_such_day" | "day_first" | "short_year" | "future" | "too_long_ago";

/** Which side of the site's day a date may lie on; `any` for the last day of something. */
export type DateSpan = "past" | "any";

export type DateEntry = { date: string } | { trouble: DateTrouble };

/** Nobody alive was born before it: an older year is a slip of the keyboard. */
const FIRST_YEAR = 1880;

/**
 * Reads a date as it is typed, day before month: `14/7/1999`, `14.7.1999`, `14 jul 1999`, `jul 14, 1999`, `14071999`,
 * `1999-07-14`, `19990714`, `jul 1999`, `7/1999`, `1999`, `~1999`; `today`, `yesterday` and `2d` for two days ago; an age:
 * `27y` gives an estimated year, `3m` and `5w` of a small child an estimated month. The core reads it in the same way
 * (`date/typed.rs`); `tests/typed.json` holds both to it.
 * Month names are the shown language's `months` or English ones, by their first three letters.
 */
export function readDate(
  typed: string,
  today: string,
  months: readonly string[],
  span: DateSpan = "past",
): DateEntry {
  const text = typed.normalize("NFKC").trim().toLowerCase();
  const ago = span === "past" ? readAgo(text, today) : null;
  const read = ago ?? readAny(text, months);
  if ("date" in read && span === "past" && isFuture(read.date, today)) return { trouble: "future" };
  return read;
}

/** What is said by how long ago it was. */
function readAgo(text: string, today: string): DateEntry | null {
  if (text === "today") return { date: today };
  if (text === "yesterday") return { date: daysBefore(today, 1) };
  const age = /^~?\s*(\d{1,3})\s*y$/.exec(text);
  if (age) return within(`~${Number(today.slice(0, 4)) - Number(age[1])}`);
  const young = /^~?\s*(\d{1,2})\s*(m|mo|months?|w|weeks?|d|days?)$/.exec(text);
  const [, count, unit = ""] = young ?? [];
  if (!count) return null;
  if (unit.startsWith("d")) return { date: daysBefore(today, Number(count)) };
  return { date: monthOfBirth(today, Number(count), unit.startsWith("w")) };
}

function readAny(text: string, months: readonly string[]): DateEntry {
  const estimated = /^~\s*(\d{4})$/.exec(text);
  if (estimated) return within(`~${estimated[1]}`);
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (packed) {
    const read = fromParts(packed.slice(1), months);
    // The standard's form without hyphens, ISO 8601, where it cannot be the other.
    const standard = [text.slice(0, 4), text.slice(4, 6), text.slice(6)];
    return "date" in read ? read : fromParts(standard, months);
  }
  if (!/^[\p{L}\p{M}\d\s/.,-]*$/u.test(text)) return { trouble: "unreadable" };
  return fromParts(text.match(/[\p{L}\p{M}]+|\d+/gu) ?? [], months);
}

function fromParts(parts: string[], months: readonly string[]): DateEntry {
  if (parts.length === 0 || parts.length > 3) return { trouble: "unreadable" };
  // A year that stands first is the written form of the standard, ISO 8601.
  const ordered = parts.length > 1 && /^\d{4}$/.test(parts[0] ?? "") ? [...parts].reverse() : [...parts];
  // A month that is named is the month wherever it stands.
  if (ordered.length === 3 && !/\d/.test(ordered[0] ?? "")) ordered.unshift(...ordered.splice(1, 1));
  const year = ordered.at(-1) ?? "";
  if (!/^\d+$/.test(year)) return { trouble: "unreadable" };
  if (year.length !== 4) return { trouble: ordered.length > 1 ? "short_year" : "unreadable" };
  if (ordered.length === 1) return within(year);
  const month = monthNumber(ordered.at(-2) ?? "", months);
  if (month === null) return { trouble: "unreadable" };
  if (month < 1 || month > 12) {
    const first = Number(ordered.length === 3 ? ordered[0] : NaN);
    return { trouble: first >= 1 && first <= 12 && month <= 31 ? "day_first" : "no_such_day" };
  }
  if (ordered.length === 2) return within(`${year}-${two(month)}`);
  if (!/^\d{1,2}$/.test(ordered[0] ?? "")) return { trouble: "unreadable" };
  const day = Number(ordered[0]);
  const real = new Date(Date.UTC(Number(year), month - 1, day));
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return { trouble: "no_such_day" };
  return within(`${year}-${two(month)}-${two(day)}`);
}

function daysBefore(today: string, count: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}

/** The estimated month in which somebody of this many months or weeks was born. */
function monthOfBirth(today: string, count: number, weeks: boolean): string {
  const born = new Date(`${today}T00:00:00Z`);
  if (weeks) born.setUTCDate(born.getUTCDate() - 7 * count);
  else {
    born.setUTCDate(1);
    born.setUTCMonth(born.getUTCMonth() - count);
  }
  return `~${born.toISOString().slice(0, 7)}`;
}

function within(date: string): DateEntry {
  return Number(date.replace("~", "").slice(0, 4)) < FIRST_YEAR ? { trouble: "too_long_ago" } : { date };
}

function isFuture(date: string, today: string): boolean {
  const bare = date.replace("~", "");
  return bare > today.slice(0, bare.length);
}

const ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

function monthNumber(text: string, months: readonly string[]): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  if ([...text].length < 3) return null;
  const short = (name: string) => [...name.toLowerCase()].slice(0, 3).join("");
  const own = months.findIndex((name) => short(name) === short(text));
  const at = own >= 0 ? own : ENGLISH.indexOf(short(text));
  return at >= 0 ? at + 1 : null;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
