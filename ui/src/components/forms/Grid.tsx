import { Fragment, type ReactNode } from "react";
import { Under, type Asked, type Side } from "./Layout";
import style from "./forms.module.css";

interface GridProps<A extends Asked, S extends Side> {
  asked: readonly A[];
  /** The sides where they lie, row by row. */
  rows: readonly (readonly S[])[];
  cell: (asked: A, side: S) => ReactNode;
  /** What is said about a question of these sides, right below them; nothing where nothing is. */
  under: (asked: readonly A[], sides: readonly S[]) => ReactNode;
}

/** Questions of which each side has its place in a picture, such as the teeth of a mouth: a picture for each question. */
export function Grid<A extends Asked, S extends Side>({ asked, rows, cell, under }: GridProps<A, S>) {
  return asked.map((each) => (
    <div key={each.key} className={style["grid"]} role="group" aria-label={each.label}>
      <span className={style["gridHead"]} aria-hidden="true">
        {each.label}
      </span>
      {rows.map((row) => (
        <Fragment key={row[0]?.key}>
          <div
            className={style["gridRow"]}
            style={{ gridTemplateColumns: `repeat(${row.length}, minmax(0, 1fr))` }}
          >
            {row.map((side) => (
              <div key={side.key} className={style["gridCell"]}>
                <small aria-hidden="true">{side.short}</small>
                {cell(each, side)}
              </div>
            ))}
          </div>
          <Under>{under([each], row)}</Under>
        </Fragment>
      ))}
    </div>
  ));
}
