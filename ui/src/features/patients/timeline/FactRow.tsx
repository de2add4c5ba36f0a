import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TimelineRow } from "../../../generated/TimelineRow";
import { useDates } from "../../../i18n/use-dates";
import { Pieces } from "../Pieces";
import { factWords } from "./fact-words";
import { ObservationRow } from "./ObservationRow";
import { Row } from "./Row";
import style from "./Timeline.module.css";

/** A fact of the timeline in words. */
export function FactRow({ row }: { row: TimelineRow }) {
  const { t } = useTranslation();
  const { date } = useDates();
  if (row.fact.kind === "observation") {
    const { level, act } = row;
    return <ObservationRow row={row} observations={[{ details: row.fact.details, level, act }]} />;
  }
  const words = factWords(t, date, row.fact);
  const written = row.fact.kind === "note";
  const state = row.signed
    ? ({ kind: "ok", text: t("patients.signed") } as const)
    : written
      ? ({ kind: "plain", text: t("patients.draft") } as const)
      : undefined;
  const title = (
    <>
      <Pieces pieces={words.title} />
      {words.code && <span className={style["code"]}> {words.code}</span>}
    </>
  );
  return (
    <Row
      row={row}
      mark={words.mark}
      title={
        row.fact.kind === "certificate" ? (
          <Link className={style["open"]} to="/certificates/$certificate" params={{ certificate: row.id }}>
            {title}
          </Link>
        ) : (
          title
        )
      }
      small={words.small}
      tag={words.tag ?? state}
    />
  );
}
