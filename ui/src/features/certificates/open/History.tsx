import { useTranslation } from "react-i18next";
import { useZone } from "../../../host/session";
import { clockText, dayAt } from "../../../i18n/dates";
import { useDates } from "../../../i18n/use-dates";
import type { View } from "../types";
import { spoken } from "../../../i18n/spoken";
import style from "./Open.module.css";

/** Who did what to a certificate, latest first, and each time that it was printed. */
export function History({ view }: { view: View }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  const prints = view.printed.map(({ at, who, copies, printer, draft }) => ({
    at,
    who,
    words: t(draft ? "certificates.draft_printed_on" : "certificates.printed_on", { printer, count: copies }),
    reason: null as string | null,
  }));
  const steps = view.history.map(({ at, who, step, reason }) => ({
    at,
    who,
    words: spoken(t, `certificates.history.${step}`, step),
    reason,
  }));
  const order = (at: string | null) => (at ? Date.parse(at) : 0);
  // Steps of the same second stay in the order in which they came.
  const rows = [...steps, ...prints].sort((one, other) => order(one.at) - order(other.at)).reverse();
  if (rows.length === 0) return null;
  return (
    <section className={style["section"]}>
      <h3>{t("certificates.history.title")}</h3>
      <ol className={style["history"]}>
        {rows.map(({ at, who, words, reason }) => (
          <li key={`${at} ${words}`}>
            <span>
              <b>{words}</b>
              {who && ` · ${who}`}
            </span>
            {at && (
              <time dateTime={at}>
                {date(dayAt(at, zone))} <span data-figures>{clockText(at, zone)}</span>
              </time>
            )}
            {reason && <span className={style["why"]}>{reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
