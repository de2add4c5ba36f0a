import { readFileSync } from "node:fs";

interface Vectors {
  today: string;
  dates: { typed: string; date: string }[];
  not_dates: { typed: string; trouble: string }[];
  days_of_any_time: ({ typed: string } & ({ date: string } | { trouble: string }))[];
  amounts: { sign: string; typed: string; value: string; unit: string | null }[];
  not_amounts: { sign: string; typed: string; trouble: string }[];
}

/** What people type and how the core reads it: the page reads it alike. */
export const TYPED = JSON.parse(readFileSync("../tests/typed.json", "utf8")) as Vectors;
