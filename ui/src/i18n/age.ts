import { daysBetween, isEstimated } from "./dates";

/** An age in the one unit that is said at that age; `about` when the birth date is not exact. */
export interface Age {
  unit: "days" | "weeks" | "months" | "years";
  count: number;
  about: boolean;
}

/**
 * The age on a day, in whole units passed: days under four weeks, weeks under six months, months under two years,
 * then years. A birth date of lesser precision gives the younger age it allows, marked `about`;
 * null when the day is before the birth.
 */
export function ageOn(born: string, day: string): Age | null {
  const [year = "", month, dayOfBirth] = born.replace("~", "").split("-");
  const about = isEstimated(born) || !dayOfBirth;
  if (!month) return positive({ unit: "years", count: Number(day.slice(0, 4)) - Number(year), about });
  const exact = dayOfBirth ? `${year}-${month}-${dayOfBirth}` : `${year}-${month}-01`;
  const days = daysBetween(exact, day);
  const months = monthsBetween(exact, day);
  if (months >= 24) return { unit: "years", count: Math.floor(months / 12), about };
  if (months >= 6 || !dayOfBirth) return positive({ unit: "months", count: months, about });
  if (days >= 28) return { unit: "weeks", count: Math.floor(days / 7), about };
  return positive({ unit: "days", count: days, about });
}

function positive(age: Age): Age | null {
  return age.count < 0 ? null : age;
}

function monthsBetween(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split("-").map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split("-").map(Number);
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0);
}
