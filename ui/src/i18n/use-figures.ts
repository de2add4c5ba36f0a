import { useTranslation } from "react-i18next";
import type { en } from "./en";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** So many bytes in words, `41 kB` or `6.2 MB`. */
export function sizeText(bytes: number, language: string): string {
  let at = 0;
  let size = bytes;
  while (size >= 1000 && at < UNITS.length - 1) {
    size /= 1000;
    at += 1;
  }
  const unit = UNITS[at] ?? "byte";
  const digits = size < 10 && at > 0 ? 1 : 0;
  const unitDisplay = at === 0 ? "long" : "short";
  const format = { style: "unit", unit, unitDisplay, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language, format).format(size);
}

/** A number as it is written in a language; the pseudo-locale is none in which numbers are written. */
export function figureText(number: number, language: string): string {
  return new Intl.NumberFormat(written(language)).format(number);
}

function written(language: string): string {
  return Intl.NumberFormat.supportedLocalesOf(language).length > 0 ? language : "en";
}

type Plural<Key> = Key extends `${infer What}_other` ? What : never;
/** What is counted: `1 entry`, `214 entries`. */
export type Counted = Plural<keyof (typeof en)["counted"]>;

/** Numbers, sizes and counts as they are written in the shown language. */
export function useFigures() {
  const { t, i18n } = useTranslation();
  const language = written(i18n.language);
  const count = (number: number) => figureText(number, language);
  return {
    count,
    counted: (what: Counted, number: number) =>
      t(`counted.${what}`, { count: number, figure: count(number) }),
    size: (bytes: number) => sizeText(bytes, language),
  };
}
