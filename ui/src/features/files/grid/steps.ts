/**
 * Where a key leads from the tile at `at`, where groups of these sizes stand under each other in rows of `columns`; null
 * for a key that leads nowhere. It stays at the ends, so holding a key is harmless.
 */
export function stepTo(key: string, at: number, sizes: readonly number[], columns: number): number | null {
  const rows = rowsOf(sizes, columns);
  const last = sizes.reduce((sum, size) => sum + size, 0) - 1;
  const here = rows.findIndex(({ from, length }) => at >= from && at < from + length);
  const place = at - (rows[here]?.from ?? 0);
  const inRow = (row: { from: number; length: number } | undefined) =>
    row ? row.from + Math.min(place, row.length - 1) : at;
  const to: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: inRow(rows[here + 1]),
    ArrowUp: inRow(rows[here - 1]),
    Home: 0,
    End: last,
  };
  const wanted = to[key];
  return wanted === undefined ? null : Math.max(0, Math.min(last, wanted));
}

function rowsOf(sizes: readonly number[], columns: number): { from: number; length: number }[] {
  const rows: { from: number; length: number }[] = [];
  let from = 0;
  for (const size of sizes) {
    for (let left = size; left > 0; left -= columns) {
      const length = Math.min(left, columns);
      rows.push({ from, length });
      from += length;
    }
  }
  return rows;
}

/** How many tiles of at least `least` pixels stand beside each other in `width`. */
export function columnsIn(width: number, least: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (least + gap)));
}
