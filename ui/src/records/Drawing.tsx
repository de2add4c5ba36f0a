import { useId } from "react";
import type { Drawn } from "../generated/Drawn";
import type { Scene } from "../generated/Scene";
import type { Shape } from "../generated/Shape";
import style from "./Drawing.module.css";

/** A drawing of the records: the very picture that the paper bears, in the colours of the page. */
export function Drawing({ scene }: { scene: Scene }) {
  const id = useId();
  return (
    <svg
      className={style["drawing"]}
      // Its letters are as large as those around it.
      style={{ maxWidth: `${scene.width / 150}rem` }}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
      role="img"
      aria-labelledby={id}
    >
      <title id={id}>{scene.words}</title>
      <defs>
        <pattern
          id={`${id}-stripes`}
          width="60"
          height="60"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className={style["stripe"]} width="22" height="60" />
        </pattern>
      </defs>
      {scene.items.map((item, index) => (
        <Item key={index} item={item} stripes={`url(#${id}-stripes)`} />
      ))}
    </svg>
  );
}

function Item({ item, stripes }: { item: Drawn; stripes: string }) {
  switch (item.draw) {
    case "line":
      return (
        <polyline
          className={style["line"]}
          data-ink={item.ink}
          data-stroke={item.stroke}
          points={item.at.map((at) => at.join()).join(" ")}
        />
      );
    case "band":
      return (
        <rect
          className={style["band"]}
          data-ink={item.ink}
          data-fill={item.fill}
          {...(item.fill === "hatched" ? { fill: stripes } : {})}
          x={item.at[0]}
          y={item.at[1]}
          width={item.size[0]}
          height={item.size[1]}
          rx={item.fill === "even" ? 0 : 24}
        />
      );
    case "marks":
      return (
        <path
          className={style["mark"]}
          data-ink={item.ink}
          data-open={["ring", "up_open", "cross"].includes(item.shape)}
          d={item.at.map(([x, y]) => `M${x} ${y}${SHAPES[item.shape]}`).join("")}
        />
      );
    case "text":
      return (
        <text
          className={style["text"]}
          data-ink={item.ink}
          x={item.at[0]}
          y={item.at[1]}
          textAnchor={item.anchor}
        >
          {item.text}
        </text>
      );
  }
}

const CIRCLE = "m-36 0a36 36 0 1 0 72 0a36 36 0 1 0 -72 0z";
const UP = "m-46 36h92l-46 -80z";

/** Each sign as a path from its place: the corners are those of the paper. */
const SHAPES: Record<Shape, string> = {
  disc: CIRCLE,
  ring: CIRCLE,
  up: UP,
  up_open: UP,
  cross: "m-36 -36l72 72m-72 0l72 -72",
  down: "m-40 -60h80l-40 60z",
  onward: "m-70 -75l70 75l-70 75z",
};
