import type { ChangedThere } from "../../generated/ChangedThere";
import type { Left } from "../../generated/Left";
import type { LeftOut } from "../../generated/LeftOut";
import type { FileRow } from "./run";

/** The resources of one type in all files together. */
export interface KindRow {
  kind: string;
  stored: number;
  known: number;
  merged: number;
  left: number;
  /** Parts that are left out of what is kept. */
  cut: number;
  why: [LeftOut, number][];
}

/** A record here that the other system has changed since, and the file that says so. */
export interface ChangedIn extends ChangedThere {
  file: string;
}

/** What is left out of a file. */
export interface LeftIn extends Left {
  file: string;
}

/** All files together. */
export interface Totals {
  patients: number;
  metAgain: number;
  records: number;
  alreadyHere: number;
  changed: ChangedIn[];
  left: LeftIn[];
  kinds: KindRow[];
}

/** How many resources of a file are left out. */
export function leftOut({ found }: FileRow): number {
  const accounts = Object.values(found?.by_type ?? {});
  return accounts.reduce((sum, { left_out }) => sum + sumOf(left_out), 0);
}

/** Adds up what the files hold; of those that cannot be imported nothing counts. */
export function totals(files: readonly FileRow[]): Totals {
  const sum: Totals = {
    patients: 0,
    metAgain: 0,
    records: 0,
    alreadyHere: 0,
    changed: [],
    left: [],
    kinds: [],
  };
  const kinds = new Map<string, KindRow>();
  for (const { name, found } of files) {
    if (!found) continue;
    sum.patients += found.patients;
    sum.metAgain += found.met_again;
    sum.records += found.records;
    sum.alreadyHere += found.already_here;
    sum.changed.push(...found.changed.map((changed) => ({ ...changed, file: name })));
    sum.left.push(...found.left.map((left) => ({ ...left, file: name })));
    for (const [kind, { stored, known, merged, left_out, cut }] of Object.entries(found.by_type)) {
      const row = kinds.get(kind) ?? { kind, stored: 0, known: 0, merged: 0, left: 0, cut: 0, why: [] };
      row.stored += stored;
      row.known += known;
      row.merged += merged;
      row.left += sumOf(left_out);
      row.cut += sumOf(cut);
      for (const [reason, count] of Object.entries(left_out) as [LeftOut, number][]) {
        const told = row.why.find(([other]) => other === reason);
        if (told) told[1] += count;
        else row.why.push([reason, count]);
      }
      kinds.set(kind, row);
    }
  }
  sum.kinds = [...kinds.values()];
  return sum;
}

function sumOf(counts: { [reason in LeftOut]?: number }): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
