import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TimelineRow } from "../../../generated/TimelineRow";
import type { Task } from "../../../forms/task";
import { useDates } from "../../../i18n/use-dates";
import { useZone } from "../../../host/session";
import { factWords, titleText } from "../../../records/facts";
import { useNumbers } from "../../../records/numbering";
import type { OnTask } from "../../../records/parts";
import { Thumb } from "../../../records/Thumb";
import { Pieces } from "../../../records/Pieces";
import { ObservationRow } from "./ObservationRow";
import { Row } from "./Row";
import style from "./Timeline.module.css";

/** A fact of the timeline in words. */
export function FactRow({ row, onTask }: { row: TimelineRow; onTask: OnTask }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const zone = useZone();
  const [numbers] = useNumbers();
  if (row.fact.kind === "observation") {
    const { level, act } = row;
    return (
      <ObservationRow row={row} observations={[{ details: row.fact.details, level, act }]} onTask={onTask} />
    );
  }
  const words = factWords(t, date, zone, row.fact, numbers);
  const written = row.fact.kind === "note";
  const state = row.signed
    ? ({ kind: "ok", text: t("patients.signed") } as const)
    : written
      ? ({ kind: "plain", text: t("patients.draft") } as const)
      : undefined;
  // What a paper says is read by what sort of paper it is.
  const template = row.fact.kind === "certificate" ? row.line : undefined;
  const verdict = row.fact.kind === "certificate" && row.fact.details.verdict ? titleText(words) : "";
  const said = [template, verdict].filter(Boolean).join(": ");
  const title = (
    <>
      <Pieces pieces={template ? [{ text: said, strong: true }] : words.title} />
      {words.code && <span className={style["code"]}> {words.code}</span>}
    </>
  );
  const task = taskOf(row);
  return (
    <Row
      row={row}
      mark={words.mark}
      title={
        row.fact.kind === "certificate" ? (
          <Link className={style["open"]} to="/certificates/$certificate" params={{ certificate: row.id }}>
            {title}
          </Link>
        ) : task ? (
          <button type="button" className={style["open"]} onClick={() => onTask(task)}>
            {title}
          </button>
        ) : (
          title
        )
      }
      small={row.line && !template ? [...words.small, row.line] : words.small}
      picture={
        row.fact.kind === "attachment" && (
          <Thumb picture={row.thumb ?? null} mediaType={row.fact.details.file?.media_type ?? ""} />
        )
      }
      tag={words.tag ?? state}
      onHistory={() => onTask({ of: "history", record: row.id })}
    />
  );
}

/** What a fact opens in the task pane; null where there is no more of it than the line says. */
function taskOf({ id, fact, imported }: TimelineRow): Task | null {
  if (fact.kind === "attachment") return { of: "file", file: id };
  if (imported) return null;
  if (fact.kind === "visit") return { of: "note", visit: id };
  const visit = fact.kind === "note" ? fact.details.visit : undefined;
  return visit === undefined ? null : { of: "note", visit, note: id };
}
