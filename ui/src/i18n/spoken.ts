import type { TFunction } from "i18next";

/** A word that may be from elsewhere or of a newer version: without words of its own it is said otherwise, or as it came. */
export function spoken(
  t: TFunction,
  key: string,
  otherwise: string,
  values: Record<string, string> = {},
): string {
  return String(t(key as never, { ...values, defaultValue: otherwise } as never));
}
