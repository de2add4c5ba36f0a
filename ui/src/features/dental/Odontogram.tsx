import { useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Tooth } from "../../generated/Tooth";
import type { ToothShown } from "../../generated/ToothShown";
import { numberOf, type Numbers } from "./called";
import { toothState } from "./say";
import { HEIGHT, WIDTH, shapesOf, type Shape } from "./shapes";
import { ROWS, type Dentition } from "./teeth";
import style from "./Odontogram.module.css";

interface OdontogramProps {
  teeth: readonly ToothShown[];
  dentition: Dentition;
  numbers: Numbers;
  /** The tooth on which the keys are. */
  at: Tooth;
  onChoose: (tooth: Tooth) => void;
  /** A key that means something for the tooth in hand; true where it was taken. */
  onKey?: ((tooth: Tooth, key: string) => boolean) | undefined;
  /** Teeth that are drawn as they were called, and are not kept yet. */
  called: ReadonlySet<Tooth>;
}

/** The teeth, each a button that says its state. The arrow keys move; what is typed is of the tooth in hand. */
export function Odontogram({ teeth, dentition, numbers, at, onChoose, onKey, called }: OdontogramProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const rows = ROWS[dentition];
  const shown = rows.some((row) => row.teeth.some(({ tooth }) => tooth === at));
  const first = rows[0]?.teeth[0]?.tooth;
  const go = (tooth: Tooth | undefined) => {
    if (!tooth) return;
    onChoose(tooth);
    box.current?.querySelector<HTMLElement>(`[data-tooth="${tooth}"]`)?.focus();
  };
  const onKeyDown = (tooth: Tooth, event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = step(rows, tooth, event.key);
    if (next) go(next);
    if (next || (event.key.length === 1 && onKey?.(tooth, event.key))) event.preventDefault();
  };
  return (
    <div className={style["mouth"]} ref={box} role="group" aria-label={t("dental.chart")}>
      <Patterns />
      <span className={style["side"]} aria-hidden="true">
        {t("dental.right")}
      </span>
      <div className={style["rows"]}>
        {rows.map((row) => (
          <div key={`${row.upper} ${row.milk}`} className={style["row"]}>
            {row.teeth.map(({ tooth, column }) => {
              const each = teeth.find((known) => known.tooth === tooth);
              if (!each) return null;
              const number = numberOf(each, numbers);
              const state = toothState(t, each, number);
              return (
                <button
                  key={tooth}
                  type="button"
                  className={style["tooth"]}
                  style={{ gridColumn: column }}
                  data-tooth={tooth}
                  data-upper={row.upper}
                  data-called={called.has(tooth)}
                  aria-pressed={tooth === at}
                  aria-label={called.has(tooth) ? t("dental.not_kept", { tooth: state }) : state}
                  tabIndex={tooth === at || (!shown && tooth === first) ? 0 : -1}
                  onClick={() => onChoose(tooth)}
                  onFocus={() => onChoose(tooth)}
                  onKeyDown={(event) => onKeyDown(tooth, event)}
                >
                  <span className={style["number"]}>{number}</span>
                  <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
                    {shapesOf(each).map((shape, index) => (
                      <Drawn key={index} shape={shape} />
                    ))}
                  </svg>
                </button>
              );
            })}
          </div>
        ))}
      </div>
      <span className={style["side"]} aria-hidden="true">
        {t("dental.left")}
      </span>
      {called.size > 0 && <p className={style["called"]}>{t("dental.called_drawn")}</p>}
    </div>
  );
}

/** The tooth to which an arrow key leads: along the row, or to the nearest of the next row. */
function step(rows: (typeof ROWS)[Dentition], tooth: Tooth, key: string): Tooth | undefined {
  const at = rows.findIndex((row) => row.teeth.some((each) => each.tooth === tooth));
  const row = rows[at];
  const place = row?.teeth.findIndex((each) => each.tooth === tooth) ?? -1;
  if (key === "ArrowLeft") return row?.teeth[place - 1]?.tooth;
  if (key === "ArrowRight") return row?.teeth[place + 1]?.tooth;
  if (key === "Home") return row?.teeth[0]?.tooth;
  if (key === "End") return row?.teeth.at(-1)?.tooth;
  const next = rows[at + (key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : Number.NaN)];
  const column = row?.teeth[place]?.column ?? 0;
  const far = (other: { column: number }) => Math.abs(other.column - column);
  return [...(next?.teeth ?? [])].sort((one, other) => far(one) - far(other))[0]?.tooth;
}

function Drawn({ shape }: { shape: Shape }) {
  const drawn = style[shape.as];
  if (shape.kind === "path") return <path className={drawn} d={shape.d} />;
  if (shape.kind === "circle") return <circle className={drawn} cx={shape.x} cy={shape.y} r={shape.r} />;
  return (
    <text className={drawn} x={shape.x} y={shape.y}>
      {shape.words}
    </text>
  );
}

/** The patterns, once for all teeth. */
function Patterns() {
  return (
    <svg className={style["patterns"]} aria-hidden="true" focusable="false">
      <defs>
        <pattern id="dental-dots" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect className={style["dotsGround"]} width="4" height="4" />
          <circle className={style["dots"]} cx="1" cy="1" r="0.95" />
          <circle className={style["dots"]} cx="3" cy="3" r="0.95" />
        </pattern>
        <pattern
          id="dental-stripes"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className={style["stripes"]} width="1.8" height="4" />
        </pattern>
      </defs>
    </svg>
  );
}

/** A tooth of each pattern, for those who read the chart. */
export function Legend() {
  const { t } = useTranslation();
  const shown = (but: Partial<ToothShown>): ToothShown => ({
    tooth: "75",
    universal: "K",
    stands: "present",
    code: "A",
    marks: [],
    planned: [],
    clashes: [],
    ...but,
  });
  const signs: [string, ToothShown][] = [
    ["caries", shown({ marks: [{ mark: "caries" }] })],
    ["filled", shown({ marks: [{ mark: "filled" }] })],
    ["filled_caries", shown({ marks: [{ mark: "filled" }, { mark: "caries" }] })],
    ["temporary", shown({ marks: [{ mark: "temporary_filling" }] })],
    ["sealant", shown({ marks: [{ mark: "sealant" }] })],
    ["crown", shown({ marks: [{ mark: "crown" }] })],
    ["bridge", shown({ marks: [{ mark: "abutment" }] })],
    ["root", shown({ marks: [{ mark: "root_filled" }] })],
    ["fractured", shown({ marks: [{ mark: "fractured" }] })],
    ["root_remains", shown({ marks: [{ mark: "root_remains" }] })],
    ["other", shown({ marks: [{ mark: "worn" }] })],
    ["planned", shown({ planned: [{ treatment: "filling" }] })],
    ["extraction", shown({ planned: [{ treatment: "extraction" }] })],
    ["missing", shown({ stands: "missing" })],
    ["unerupted", shown({ stands: "unerupted" })],
    ["impacted", shown({ stands: "unerupted", marks: [{ mark: "impacted" }] })],
    ["shed", shown({ stands: "shed" })],
    ["not_seen", shown({ stands: "not_seen" })],
    ["unknown", shown({ stands: "unknown" })],
  ];
  return (
    <ul className={style["legend"]}>
      {signs.map(([name, tooth]) => (
        <li key={name}>
          <svg viewBox={`0 10 ${WIDTH} 44`} aria-hidden="true" focusable="false">
            {shapesOf(tooth).map((shape, index) => (
              <Drawn key={index} shape={shape} />
            ))}
          </svg>
          {t(`dental.legend.${name as "caries"}`)}
        </li>
      ))}
    </ul>
  );
}
