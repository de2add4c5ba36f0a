import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Refused } from "../../host/host";
import { useQueryOf } from "../../host/use-command";
import { refusalLine } from "../../i18n/refusal";
import { useFigures } from "../../i18n/use-figures";
import { useDates } from "../../i18n/use-dates";
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

/** Whether this computer was restored and only reads: nothing is backed up or taken in before it is let in. */
export function useOnlyReads(): boolean {
  return useQueryOf("status", {}).data?.trouble?.code === "restored";
}

/** Says at the papers that were typed what is wrong with them; nothing where it is another refusal. */
export function usePapersFault(): (refused: Refused | null | undefined) => string | null {
  const { t } = useTranslation();
  return (refused) => {
    if (refused?.code !== "wrong_sheet") return null;
    const { line, paper, reason } = refused.fields;
    if (line === undefined)
      return reason === undefined ? t("backups.restore.wrong") : refusalLine(t, refused);
    return paper === undefined
      ? t("backups.restore.wrong_line", { line: `${line}` })
      : t("backups.restore.wrong_line_of", { line: `${line}`, paper: `${paper}` });
  };
}

/** A point by its number and time. */
export interface Dated {
  number: number;
  /** When, with offset. */
  at: string;
}

/** Writes the time of one of several points so that no two look alike: with seconds where two are of one minute, with its number
    where two are of one second. */
export function usePointTime(): (point: Dated, among: readonly Dated[]) => string {
  const { t } = useTranslation();
  const { date } = useDates();
  return ({ number, at }, among) => {
    const alike = (signs: number) =>
      among.filter((other) => other.at.slice(0, signs) === at.slice(0, signs)).length > 1;
    const time = `${date(at.slice(0, 10))} ${at.slice(11, alike(16) ? 19 : 16)}`;
    return alike(19) ? `${time}, ${t("backups.point_number", { number: `${number}` })}` : time;
  };
}
