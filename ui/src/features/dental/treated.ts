import type { Tooth } from "../../generated/Tooth";
import type { Treated } from "../../generated/Treated";
import type { TreatedRow } from "../../generated/TreatedRow";
import { toothSaid } from "../../records/kinds/dental";
import { surfacesOf } from "./called";

/** The teeth of a treatment as they are typed: `36 O, 37 MO`. */
export function writeTreated(teeth: readonly TreatedRow[]): string {
  return teeth.map(({ tooth, surfaces }) => toothSaid(tooth, surfaces)).join(", ");
}

const TEETH = /^(?:[1-4][1-8]|[5-8][1-5])$/;

/** The same read; null where it cannot be. */
export function readTreated(typed: string): Record<string, Treated> | null {
  const parts = typed
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  const read = parts.map((part): [string, Treated] | null => {
    const [, tooth = "", letters = ""] = /^(\d{2})\s*(.*)$/.exec(part) ?? [];
    const surfaces = surfacesOf(letters.replaceAll(" ", ""));
    if (!TEETH.test(tooth) || surfaces === null) return null;
    return [tooth, { tooth: tooth as Tooth, ...(surfaces ? { surfaces } : {}) }];
  });
  if (read.some((each) => each === null)) return null;
  return Object.fromEntries(read.filter((each) => each !== null));
}
