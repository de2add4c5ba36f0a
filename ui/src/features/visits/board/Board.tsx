import { useEffect, useEffectEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useWindowTitle } from "../../../components/Screen";
import { useQueryOf } from "../../../host/use-command";
import { chime } from "./chime";
import style from "./Board.module.css";

/** The board asks so often whether it is still up to date, in milliseconds; a call comes at once, by the news. */
const AGAIN = 15_000;
/** The languages in which the board speaks beside English, as BCP 47 tags. */
const ALSO = ["fil", "ceb"] as const;
/** Without an answer for so long, in milliseconds, it says since when it hears nothing. */
const CUT_OFF = 60_000;

/** What the waiting room sees: the tickets that were called last and their rooms, never a name. */
export function Board() {
  const { t } = useTranslation();
  useWindowTitle(t("queue.serving"));
  const board = useQueryOf("board", {}, { fresh: true });
  const { data, error } = board;
  const ask = useEffectEvent(() => void board.refetch());
  useEffect(() => {
    const clock = setInterval(() => ask(), AGAIN);
    return () => clearInterval(clock);
  }, []);
  const last = data?.rows[0]?.call ?? null;
  const heard = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (!data) return;
    // What was called before this window opened was heard already.
    if (heard.current !== undefined && last && last !== heard.current) chime();
    heard.current = last;
  }, [data, last]);
  // Every answer, a refusal too, draws this anew.
  const silent = error !== null && board.errorUpdatedAt - board.dataUpdatedAt >= CUT_OFF;
  const asOf = data && (data.cut_off || silent) ? t("queue.as_of_long", { time: data.as_of }) : null;
  return (
    <main className={style["board"]}>
      <header className={style["head"]}>
        <h1>{t("queue.serving")}</h1>
        {ALSO.map((lang) => (
          <p key={lang} lang={lang}>
            {t(`queue.board_in.${lang}.serving`)}
          </p>
        ))}
        {asOf && (
          <p role="status" className={style["since"]}>
            {asOf}
          </p>
        )}
      </header>
      {data && data.rows.length > 0 && (
        <ol className={style["rows"]} aria-live="polite">
          {data.rows.map(({ call, ticket, room }) => (
            <li key={call}>
              <b>{ticket}</b>
              <span>{room}</span>
            </li>
          ))}
        </ol>
      )}
      {data?.rows.length === 0 && (
        <div className={style["none"]}>
          <p>{t("queue.none_called")}</p>
          {ALSO.map((lang) => (
            <p key={lang} lang={lang}>
              {t(`queue.board_in.${lang}.none_called`)}
            </p>
          ))}
        </div>
      )}
      {!data && error && <p className={style["none"]}>{t("queue.shut")}</p>}
    </main>
  );
}
