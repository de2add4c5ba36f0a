import { useCallback, useSyncExternalStore } from "react";
import { useSession } from "../host/session";

/** How teeth are numbered where they are typed and shown. */
export type Numbers = "fdi" | "universal";

const placeOf = (user: string) => `clinicdesk.teeth.${user}`;

const hearing = new Set<() => void>();

function listen(changed: () => void): () => void {
  hearing.add(changed);
  return () => void hearing.delete(changed);
}

/** How whoever sits here has teeth numbered, in the chart and in every form: kept at this computer, FDI at first. */
export function useNumbers(): [Numbers, (numbers: Numbers) => void] {
  const place = placeOf(useSession()?.user ?? "");
  const numbers = useSyncExternalStore(listen, () =>
    localStorage.getItem(place) === "universal" ? "universal" : "fdi",
  );
  const setNumbers = useCallback(
    (chosen: Numbers) => {
      localStorage.setItem(place, chosen);
      hearing.forEach((changed) => changed());
    },
    [place],
  );
  return [numbers, setNumbers];
}

/** The 52 teeth by ISO 3950, a quadrant a row. */
export const QUADRANTS: readonly (readonly string[])[] = [1, 2, 3, 4, 5, 6, 7, 8].map((quadrant) =>
  Array.from({ length: quadrant > 4 ? 5 : 8 }, (_, at) => `${quadrant}${at + 1}`),
);

/** The Universal number of a tooth (ADA): 1 to 32, and A to T of milk teeth. */
export function universalOf(tooth: string): string {
  const [quadrant, place] = [Number(tooth[0]), Number(tooth[1])];
  const letter = (at: number) => String.fromCharCode(65 + at);
  const numbers = [9 - place, 8 + place, 25 - place, 24 + place].map(String);
  const letters = [5 - place, 4 + place, 15 - place, 14 + place].map(letter);
  return [...numbers, ...letters][quadrant - 1] ?? tooth;
}

/** The number of a tooth as it is chosen to be shown. */
export function numberOf(tooth: string, numbers: Numbers): string {
  return numbers === "fdi" ? tooth : universalOf(tooth);
}

/** The tooth of a Universal number; null where there is none. */
export function ofUniversal(number: string): string | null {
  return QUADRANTS.flat().find((tooth) => universalOf(tooth) === number.trim().toUpperCase()) ?? null;
}

/** Whether it is a milk tooth. */
export function isMilk(tooth: string): boolean {
  return Number(tooth[0]) > 4;
}
