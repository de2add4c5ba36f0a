import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useQueryOf } from "../../host/use-command";
import { useMoment } from "../../i18n/use-moment";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** So many bytes in words, `41 kB`. */
export function sizeText(bytes: number, language: string): string {
  let at = 0;
  let size = bytes;
  while (size >= 1000 && at < UNITS.length - 1) {
    size /= 1000;
    at += 1;
  }
  const unit = UNITS[at] ?? "byte";
  const digits = size < 10 && at > 0 ? 1 : 0;
  const format = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language, format).format(size);
}

/** So many milliseconds in words, `0.9 s` or `1 min 12 s`. */
export function tookText(t: TFunction, milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60)
    return t("backups.took.seconds", { count: Number(seconds.toFixed(seconds < 10 ? 1 : 0)) });
  const whole = Math.round(seconds);
  return t("backups.took.minutes", { minutes: `${Math.floor(whole / 60)}`, seconds: `${whole % 60}` });
}

/** Sizes, durations, counts and moments as this page writes them. */
export function useBackupWords() {
  const { t, i18n } = useTranslation();
  const today = useQueryOf("status", {}).data?.today ?? "";
  const moment = useMoment(today);
  const language = i18n.language === "en" ? "en" : i18n.language;
  return {
    moment,
    size: (bytes: number) => sizeText(bytes, safe(language)),
    took: (milliseconds: number) => tookText(t, milliseconds),
    count: (number: number) => new Intl.NumberFormat(safe(language)).format(number),
  };
}

/** The pseudo-locale is no language that numbers are written in. */
function safe(language: string): string {
  return Intl.NumberFormat.supportedLocalesOf(language).length > 0 ? language : "en";
}
