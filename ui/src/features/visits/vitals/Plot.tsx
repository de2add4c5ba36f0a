import { Fragment, useId } from "react";
import { useTranslation } from "react-i18next";
import { Reading } from "../../../components/Reading";
import type { Band } from "../../../generated/Band";
import type { VitalRow } from "../../../generated/VitalRow";
import { useDates } from "../../../i18n/use-dates";
import { cellsOf, type Together } from "./columns";
import { courseOf, scaleOf, type Point } from "./plot-shape";
import { useSignWords } from "./sign-words";
import style from "./Plot.module.css";

/** The drawing's own units; it grows with the text of the page. */
const SIZE = { width: 280, height: 104 };
const FRAME = { left: 6, right: 240, top: 8, bottom: 88 };

/** The course of a sign, or of the two of a blood pressure, over the band of what is expected; also in words. */
export function Plot({ together, rows }: { together: Together; rows: readonly VitalRow[] }) {
  const { t } = useTranslation();
  const { date } = useDates();
  const words = useSignWords();
  const id = useId();
  const courses = together.signs.map((sign) => ({ sign, points: courseOf(sign, rows) }));
  const all = courses.map(({ points }) => points);
  const [first, last] = [all[0]?.[0], all[0]?.at(-1)];
  const latest = rows.find((row) => row.day !== null && cellsOf(together, row).length > 0);
  const cell = latest && cellsOf(together, latest)[0];
  if (!first || !last || !latest || !cell) return null;
  const bands = together.signs.map(({ reference }) => reference);
  const ends = bands.flatMap((band) => (band ? [band.low, band.high] : []));
  const scale = scaleOf(
    all,
    ends.map((end) => (end === null ? null : Number(end))),
    FRAME,
  );
  const name = words.name(together);
  const unit = together.signs[0]?.unit ?? "";
  const expected = (band: Band) => {
    if (band.low !== null && band.high !== null)
      return t("vitals.plot_band", { low: band.low, high: band.high });
    return band.low === null
      ? t("vitals.plot_band_high", { high: band.high ?? "" })
      : t("vitals.plot_band_low", { low: band.low });
  };
  const said = [
    t("vitals.plot", {
      sign: name,
      count: all[0]?.length ?? 0,
      from: date(first.day),
      until: date(last.day),
      value: `${cell.text} ${cell.unit}`,
      when: date(latest.day ?? last.day),
    }),
    ...bands.flatMap((band) => (band ? [expected(band)] : [])),
  ].join(" ");
  return (
    <figure className={style["plot"]}>
      <figcaption className={style["head"]}>
        <span>{name}</span>
        <span data-figures>
          <Reading level={cell.level}>
            <b>{cell.text}</b>
          </Reading>{" "}
          <span className={style["unit"]}>{unit}</span>
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-labelledby={id}>
        <title id={id}>{said}</title>
        {bands.map((band, at) => band && <BandOf key={together.signs[at]?.name} band={band} scale={scale} />)}
        {labelsOf(ends, scale).map(({ end, y }) => (
          <text key={end} className={style["axis"]} x={FRAME.right + 10} y={y + 3}>
            {end}
          </text>
        ))}
        {courses.map(({ sign, points }, at) => (
          <Fragment key={sign.name}>
            <polyline
              className={style["line"]}
              data-second={at > 0}
              points={points.map((point) => `${scale.x(point.at)},${scale.y(point.amount)}`).join(" ")}
            />
            {points.map((point, index) => (
              <Dot
                key={`${index} ${point.at}`}
                x={scale.x(point.at)}
                y={scale.y(point.amount)}
                level={point.level}
              />
            ))}
          </Fragment>
        ))}
        <text className={style["axis"]} x={FRAME.left} y={SIZE.height - 3}>
          {date(first.day)}
        </text>
        {last.at !== first.at && (
          <text className={style["axis"]} x={FRAME.right} y={SIZE.height - 3} textAnchor="end">
            {date(last.day)}
          </text>
        )}
      </svg>
    </figure>
  );
}

/** The ends of the bands from top to bottom; of two that would lie upon each other the first. */
function labelsOf(ends: readonly (string | null)[], scale: ReturnType<typeof scaleOf>) {
  const labels: { end: string; y: number }[] = [];
  for (const end of ends.filter((each) => each !== null).sort((one, other) => Number(other) - Number(one))) {
    const y = scale.y(Number(end));
    if (y - (labels.at(-1)?.y ?? -Infinity) >= 9) labels.push({ end, y });
  }
  return labels;
}

function BandOf({ band, scale }: { band: Band; scale: ReturnType<typeof scaleOf> }) {
  const top = band.high === null ? FRAME.top : scale.y(Number(band.high));
  const bottom = band.low === null ? FRAME.bottom : scale.y(Number(band.low));
  return (
    <g>
      <rect
        className={style["band"]}
        x={FRAME.left - 6}
        y={top}
        width={FRAME.right - FRAME.left + 12}
        height={Math.max(bottom - top, 1)}
      />
    </g>
  );
}

/** A value: its shape says its level too, for colours are not printed. */
function Dot({ x, y, level }: { x: number; y: number; level: Point["level"] }) {
  const r = 3;
  if (level.endsWith("high"))
    return <path className={style["dot"]} data-level={level} d={`M${x} ${y - 4.5}l4.5 7.5h-9z`} />;
  if (level.endsWith("low"))
    return <path className={style["dot"]} data-level={level} d={`M${x} ${y + 4.5}l4.5 -7.5h-9z`} />;
  return <circle className={style["dot"]} data-level={level} cx={x} cy={y} r={r} />;
}
