import { useRef, type ReactNode } from "react";
import { useListNavigation } from "./list-navigation";
import style from "./DataTable.module.css";

/** One column: its head, and what it shows of a row. Numbers stand at the right, under each other. */
export interface Column<R> {
  head: string;
  show: (row: R) => ReactNode;
  numeric?: boolean;
  /** Its words are short and are never broken; the other columns give way. */
  whole?: boolean;
}

interface DataTableProps<R> {
  /** What the table lists; read out, not shown. */
  caption: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  /** Opens a row, by click or Enter. Without it the rows are only read. */
  onOpen?: (row: R) => void;
  /** Stands in place of the rows when there are none. */
  empty: ReactNode;
}

/** Rows under heads; the arrow keys move along the rows where they can be opened. */
export function DataTable<R>({ caption, columns, rows, keyOf, onOpen, empty }: DataTableProps<R>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const open = (at: number) => {
    const row = rows[at];
    if (row !== undefined) onOpen?.(row);
  };
  const { at, setAt, onKeyDown } = useListNavigation(rows.length, open);
  if (rows.length === 0) return empty;
  const follow = (event: React.KeyboardEvent) => {
    onKeyDown(event);
    if (!event.defaultPrevented || event.key === "Enter") return;
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("tr[tabindex='0']")?.focus());
  };
  return (
    <table className={style["table"]} data-opens={onOpen !== undefined}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" data-numeric={column.numeric ?? false}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr
            key={keyOf(row)}
            {...(onOpen
              ? {
                  tabIndex: index === at ? 0 : -1,
                  onFocus: () => setAt(index),
                  onKeyDown: follow,
                  onClick: () => onOpen(row),
                }
              : {})}
          >
            {columns.map((column) => (
              <td key={column.head} data-numeric={column.numeric ?? false} data-whole={column.whole ?? false}>
                {column.show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
