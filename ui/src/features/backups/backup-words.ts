import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useQueryOf } from "../../host/use-command";
import { useFigures } from "../../i18n/use-figures";
import { useMoment } from "../../i18n/use-moment";

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
  const { t } = useTranslation();
  const figures = useFigures();
  const moment = useMoment(useQueryOf("status", {}).data?.today ?? "");
  return { ...figures, moment, took: (milliseconds: number) => tookText(t, milliseconds) };
}
