import type { Sign } from "../../../generated/Sign";
import type { VitalRow } from "../../../generated/VitalRow";
import type { VitalValue } from "../../../generated/VitalValue";

/** A value in the course of a sign: when it was, in milliseconds since 1970 and as a day of the site, and how much. */
export interface Point {
  at: number;
  day: string;
  amount: number;
  level: VitalValue["level"];
}

/**
 * The course of one sign, oldest first. Only numbers in the sign's own unit and of a known day can
 * stand on one scale. */
export function courseOf(sign: Sign, rows: readonly VitalRow[]): Point[] {
  const points = rows.flatMap(({ at, day, values }) => {
    if (day === null) return [];
    return values
      .filter(
        (value) =>
          value.sign === sign.name && value.unit === sign.unit && Number.isFinite(Number(value.value)),
      )
      .map(({ value, level }) => ({
        at: Date.parse(at ?? `${day}T12:00:00Z`),
        day,
        amount: Number(value),
        level,
      }));
  });
  return points.sort((one, other) => one.at - other.at);
}

/** Where the values of a plot lie: from left to right by time, from bottom to top by amount, in units of the drawing. */
export interface Scale {
  x: (at: number) => number;
  y: (amount: number) => number;
  low: number;
  high: number;
}

interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A scale that holds all values and as much of the expected band as is near them, with a little air. */
export function scaleOf(courses: readonly Point[][], bands: readonly (number | null)[], frame: Frame): Scale {
  const points = courses.flat();
  const amounts = points.map(({ amount }) => amount);
  const ends = bands.filter((end): end is number => end !== null);
  const [least, most] = [Math.min(...amounts, ...ends), Math.max(...amounts, ...ends)];
  const air = (most - least || Math.abs(most) || 1) * 0.12;
  const [low, high] = [least - air, most + air];
  const times = points.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const span = last - first;
  return {
    low,
    high,
    x: (at) =>
      span === 0
        ? (frame.left + frame.right) / 2
        : frame.left + ((at - first) / span) * (frame.right - frame.left),
    y: (amount) => frame.bottom - ((amount - low) / (high - low)) * (frame.bottom - frame.top),
  };
}
