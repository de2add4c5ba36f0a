import { useTranslation } from "react-i18next";
import style from "./eye.module.css";

/** A cup in its disc, as it is measured: its height and its width, each as a part of the disc's. */
export interface Cup {
  vertical: number | null;
  horizontal: number | null;
}

interface DiscsProps {
  right: Cup;
  left: Cup;
}

/** How wide a disc is drawn, in units of the drawing. */
const RADIUS = 38;

/** Both discs with their cups, the patient's right on the left. What is not measured is not drawn. */
export function Discs({ right, left }: DiscsProps) {
  const { t } = useTranslation();
  return (
    <div className={style["discs"]}>
      <Disc side={t("forms.side.R")} cup={right} ends={[t("forms.eye.temporal"), t("forms.eye.nasal")]} />
      <Disc side={t("forms.side.L")} cup={left} ends={[t("forms.eye.nasal"), t("forms.eye.temporal")]} />
    </div>
  );
}

function Disc({ side, cup, ends }: { side: string; cup: Cup; ends: readonly [string, string] }) {
  const { t } = useTranslation();
  const { vertical } = cup;
  const said =
    vertical === null
      ? t("forms.eye.no_cup", { side })
      : t("forms.eye.cup", { side, ratio: vertical.toFixed(2) });
  return (
    <svg viewBox="0 0 132 128" role="img" aria-label={said}>
      <circle className={style["disc"]} cx={66} cy={56} r={RADIUS} />
      {vertical !== null && (
        <ellipse
          className={style["cup"]}
          cx={66}
          cy={56}
          rx={RADIUS * (cup.horizontal ?? vertical)}
          ry={RADIUS * vertical}
        />
      )}
      <path
        className={style["vessels"]}
        d="M64 50C60 34 50 24 40 16M68 50c5-14 14-24 24-32M64 62c-4 14-14 24-24 32M68 62c5 12 14 22 24 30"
      />
      <text x={14} y={60}>
        {ends[0]}
      </text>
      <text x={118} y={60}>
        {ends[1]}
      </text>
      <text className={style["side"]} x={44} y={122}>
        {side}
      </text>
      <text className={style["ratio"]} x={96} y={122}>
        {vertical === null ? "–" : vertical.toFixed(2)}
      </text>
    </svg>
  );
}
