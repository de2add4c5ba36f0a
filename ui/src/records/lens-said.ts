import type { Answer } from "../generated/Answer";

/** A lens as it is written, `−2.25 −0.75 ×90 +2.50`; nothing of one without a sphere. */
export function lensSaid(lens: Answer | undefined): string | undefined {
  const part = (key: string) => lens?.p?.[key]?.n;
  const [sph, cyl, axis, add] = [part("sph"), part("cyl"), part("axis"), part("add")];
  if (sph === undefined) return undefined;
  return [power(sph), cyl && power(cyl), axis && `×${axis}`, add && power(add)].filter(Boolean).join(" ");
}

/** The parts of a lens that are powers. */
export const POWERS: readonly string[] = ["sph", "cyl", "add"];

/** A power in hundredths, with its sign and a true minus; what is no number, or has more digits, stays as it is. */
export function power(number: string): string {
  const plain = number.replace("−", "-");
  if (!/^[+-]?\d+(\.\d{1,2})?$/.test(plain)) return number;
  const value = Number(plain);
  const text = Math.abs(value).toFixed(2);
  return value < 0 ? `−${text}` : value > 0 ? `+${text}` : text;
}
