import type { Answer } from "../generated/Answer";

/** A lens as it is written, `−2.25 −0.75 ×90 +2.50`; nothing of one without a sphere. */
export function lensSaid(lens: Answer | undefined): string | undefined {
  const part = (key: string) => lens?.p?.[key]?.n;
  const [sph, cyl, axis, add] = [part("sph"), part("cyl"), part("axis"), part("add")];
  if (sph === undefined) return undefined;
  return [power(sph), cyl && power(cyl), axis && `×${axis}`, add && power(add)].filter(Boolean).join(" ");
}

/** A power in hundredths, with its sign and a true minus. */
function power(number: string): string {
  const value = Number(number);
  const text = Math.abs(value).toFixed(2);
  return value < 0 ? `−${text}` : value > 0 ? `+${text}` : text;
}
