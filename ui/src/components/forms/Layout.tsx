import { Fragment, type ReactNode } from "react";
import style from "./forms.module.css";

/** Something that is asked, of one side or of several. */
export interface Asked {
  key: string;
  label: string;
  unit?: string | undefined;
  /** It has room for words. */
  wide?: boolean;
}

/** A side of which something is asked. */
export interface Side {
  key: string;
  /** As a row begins. */
  short: string;
  /** As it is read out. */
  name: string;
}

interface LayoutProps<A extends Asked, S extends Side> {
  /** Sides as rows over each other, sides as columns beside each other, or all in one column. */
  as: "rows" | "columns" | "stack";
  asked: readonly A[];
  sides: readonly S[];
  cell: (asked: A, side: S) => ReactNode;
  /** What is said about these questions of these sides, right below them; nothing where nothing is. */
  under: (asked: readonly A[], sides: readonly S[]) => ReactNode;
}

/** So many numbers stand in a row. */
const ACROSS = 4;

/** Where the questions of a form stand for each side. */
export function Layout<A extends Asked, S extends Side>(props: LayoutProps<A, S>) {
  const { as, asked, sides, cell, under } = props;
  if (as === "stack") {
    return asked.map((each) => (
      <div key={each.key} className={style["stacked"]}>
        <Head asked={each} />
        {sides.map((side) => (
          <div key={side.key} className={style["sided"]} role="group" aria-label={side.name}>
            {side.short && <b aria-hidden="true">{side.short}</b>}
            {cell(each, side)}
          </div>
        ))}
        <Under>{under([each], sides)}</Under>
      </div>
    ));
  }
  if (as === "columns") {
    // Beside its label an answer in words has no room in a pane: then each side is named at its place.
    const over = sides.length > 1 && asked.some(({ wide }) => wide);
    return (
      <div className={style["columns"]} data-sides={sides.length} data-over={over}>
        {!over && <span />}
        {!over &&
          sides.map((side) => (
            <b key={side.key} aria-hidden="true">
              {side.name}
            </b>
          ))}
        {asked.map((each) => (
          <Fragment key={each.key}>
            <Head asked={each} />
            {sides.map((side) => (
              <div key={side.key} className={over ? style["sided"] : undefined}>
                {over && <b aria-hidden="true">{side.short}</b>}
                {cell(each, side)}
              </div>
            ))}
            <Under>{under([each], sides)}</Under>
          </Fragment>
        ))}
      </div>
    );
  }
  return inRows(asked).map((across) => (
    <div key={across[0]?.key} className={style["rows"]}>
      <span />
      {across.map((each) => (
        <Head key={each.key} asked={each} />
      ))}
      <Filler across={across} />
      {sides.map((side) => (
        <Fragment key={side.key}>
          <b aria-hidden="true">{side.short}</b>
          {across.map((each) => (
            <div key={each.key} data-wide={each.wide ?? false}>
              {cell(each, side)}
            </div>
          ))}
          <Filler across={across} />
          <Under>{under(across, [side])}</Under>
        </Fragment>
      ))}
    </div>
  ));
}

/** What is said about the places above it, as wide as they are together. */
export function Under({ children }: { children: ReactNode }) {
  return children && <div className={style["under"]}>{children}</div>;
}

/** Numbers stand under each other, however few there are in a row. */
function Filler({ across }: { across: readonly Asked[] }) {
  const left = ACROSS - across.reduce((sum, each) => sum + width(each), 0);
  return left > 0 ? <span style={{ gridColumn: `span ${left}` }} /> : null;
}

function Head({ asked: { label, unit, wide = false } }: { asked: Asked }) {
  return (
    <span className={style["head"]} data-wide={wide} aria-hidden="true">
      {label}
      {unit && <i> {unit}</i>}
    </span>
  );
}

function width({ wide = false }: Asked): number {
  return wide ? 2 : 1;
}

/** The questions of each row, as many as have room. */
export function inRows<A extends Asked>(asked: readonly A[]): A[][] {
  const rows: A[][] = [];
  let room = 0;
  for (const each of asked) {
    const last = rows.at(-1);
    if (last && room >= width(each)) last.push(each);
    else {
      rows.push([each]);
      room = ACROSS;
    }
    room -= width(each);
  }
  return rows;
}
