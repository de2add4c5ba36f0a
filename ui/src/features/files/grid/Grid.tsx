import { useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useArea } from "../../../components/use-area";
import { useZone } from "../../../host/session";
import { useClock } from "../../../i18n/use-clock";
import { useDates } from "../../../i18n/use-dates";
import { byDay, type Paper } from "./group";
import { columnsIn, stepTo } from "./steps";
import { Tile } from "./Tile";
import style from "./grid.module.css";

/** A tile is no narrower than this, and as far from the next one: as in the sheet of the styles, in rem. */
const LEAST = 12;
const GAP = 0.75;

interface GridProps {
  papers: readonly Paper[];
  onOpen: (paper: Paper) => void;
}

/** The papers of a chart as tiles under their days; the arrow keys go from one to the next, Enter opens. */
export function Grid({ papers, onOpen }: GridProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const today = useClock(useZone()).day;
  const { ref, area } = useArea();
  const around = useRef<HTMLDivElement | null>(null);
  const [wanted, setAt] = useState(0);
  const at = Math.min(wanted, papers.length - 1);
  const days = byDay(papers);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const columns = columnsIn(area.width, LEAST * rem, GAP * rem);
    const to = stepTo(
      event.key,
      at,
      days.map((day) => day.papers.length),
      columns,
    );
    if (to === null) return;
    event.preventDefault();
    setAt(to);
    around.current?.querySelectorAll<HTMLElement>("[data-paper]")[to]?.focus();
  };
  const place = (node: HTMLDivElement | null) => {
    around.current = node;
    ref(node);
  };
  return (
    // The keys move among the tiles, which are buttons themselves.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={place} className={style["tab"]} onKeyDown={press}>
      {days.map(({ day, papers: own }) => {
        const word =
          day === null
            ? t("patients.undated")
            : day === today
              ? t("date.today", { date: date(day) })
              : date(day);
        return (
          <section key={day} className={style["day"]} aria-label={word}>
            <h2>{word}</h2>
            <div className={style["tiles"]}>
              {own.map((paper) => {
                const place = papers.indexOf(paper);
                return (
                  <Tile
                    key={paper.id}
                    paper={paper}
                    current={place === at}
                    onFocus={() => setAt(place)}
                    onOpen={() => onOpen(paper)}
                  />
                );
              })}
            </div>
          </section>
        );
      })}
    </div>
  );
}
