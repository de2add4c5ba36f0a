import type { Sign } from "../../../generated/Sign";
import type { SignName } from "../../../generated/SignName";
import type { VitalRow } from "../../../generated/VitalRow";
import type { VitalValue } from "../../../generated/VitalValue";

/** What stands under one head: a sign, or the two of a blood pressure as one value. */
export interface Together {
  /** The sign that names it. */
  name: SignName;
  signs: readonly Sign[];
}

/** The signs that are read as one value, in their order; only those that were measured. */
export function measuredSigns(signs: readonly Sign[], rows: readonly VitalRow[]): Together[] {
  const found = new Set(rows.flatMap(({ values }) => values.map(({ sign }) => sign)));
  const all: Together[] = [];
  for (const sign of signs) {
    const last = all.at(-1);
    if (sign.name === "diastolic" && last?.name === "systolic") last.signs = [...last.signs, sign];
    else all.push({ name: sign.name, signs: [sign] });
  }
  return all.filter(({ signs: each }) => each.some(({ name }) => found.has(name)));
}

/** One value of the grid: `148/92`, with the gravest of its levels. */
export interface Cell {
  id: string;
  text: string;
  exact: string | undefined;
  unit: string;
  level: VitalValue["level"];
  confirmed: boolean;
}

const GRAVITY: Record<VitalValue["level"], number> = {
  unknown: 0,
  normal: 1,
  low: 2,
  high: 2,
  critical_low: 3,
  critical_high: 3,
};

/** What was measured of these signs in one taking: one cell a record. */
export function cellsOf({ signs }: Together, { values }: VitalRow): Cell[] {
  const own = values.filter(({ sign }) => signs.some(({ name }) => name === sign));
  const cells = new Map<string, VitalValue[]>();
  for (const value of own) cells.set(value.id, [...(cells.get(value.id) ?? []), value]);
  return [...cells].map(([id, parts]) => {
    const shown = parts.map((part) =>
      rounded(part.value, signs.find(({ name }) => name === part.sign)?.places),
    );
    const whole = parts.map(({ value }) => value);
    const gravest = parts.reduce((one, other) => (GRAVITY[other.level] > GRAVITY[one.level] ? other : one));
    return {
      id,
      text: shown.join("/"),
      exact: shown.join("/") === whole.join("/") ? undefined : whole.join("/"),
      unit: parts[0]?.unit ?? "",
      level: gravest.level,
      confirmed: parts.some(({ confirmed }) => confirmed),
    };
  });
}

/** What a person wrote stands digit for digit; more than three decimals come from a computation. */
function rounded(value: string, places = 2): string {
  const fraction = /\.(\d+)$/.exec(value)?.[1] ?? "";
  const amount = Number(value);
  // A bound such as `< 60` is no number.
  return fraction.length <= 3 || Number.isNaN(amount) ? value : amount.toFixed(places);
}
