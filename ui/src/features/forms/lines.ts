import { readLens } from "./eye/lens";

/** The rows that may be typed in one go into their first place, by form and item: each part with its text. */
export const LINES: Readonly<Record<string, (text: string) => object | null>> = {
  "eye.refraction/lens": readLens,
};
