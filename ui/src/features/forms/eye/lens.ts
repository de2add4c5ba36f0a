/** A glass as it is said in one go. */
export interface Lens {
  sph: string;
  cyl?: string;
  axis?: string;
  add?: string;
}

const LINE =
  /^([+-]?\d*\.?\d+|pl(?:ano)?)\s*(?:([+-]\s*\d*\.?\d+)\s*[x×*@/]\s*(\d{1,3}))?\s*(?:add\s*\+?\s*(\d*\.?\d+)|\+\s*(\d*\.?\d+))?$/i;

/**
 * Reads a row that is typed in one go, `-225-75x90`, with `+250` behind it for the addition: dioptres with their point
 * or in hundredths. Null where it is no more than a number, or something else.
 */
export function readLens(text: string): Lens | null {
  const found = LINE.exec(text.trim().replace(/[−–]/g, "-").replace(/,/g, "."));
  if (!found) return null;
  const [, sph = "", cyl, axis, added, plus] = found;
  const add = added ?? plus;
  if (cyl === undefined && add === undefined) return null;
  return {
    sph: dioptres(sph),
    ...(cyl === undefined ? {} : { cyl: dioptres(cyl.replace(/\s/g, "")), axis: String(Number(axis)) }),
    ...(add === undefined ? {} : { add: dioptres(add) }),
  };
}

/** Dioptres with their point: `-225` and `-75` are in hundredths, `-2` is whole. */
function dioptres(text: string): string {
  if (/^pl/i.test(text)) return "0";
  const digits = text.replace(/^[+-]/, "");
  const sign = text.startsWith("-") && Number(digits) !== 0 ? "-" : "";
  if (digits.includes(".")) return `${sign}${String(Number(digits))}`;
  return `${sign}${String(digits.length > 1 && Number(digits) % 25 === 0 ? Number(digits) / 100 : Number(digits))}`;
}
