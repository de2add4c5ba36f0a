/** As many whole entries as fit into `room` signs, at least one, and how many are left: none is ever cut. */
export function inBrief(list: readonly string[], room: number): { shown: string[]; more: number } {
  let used = 0;
  let count = 0;
  for (const entry of list) {
    used += [...entry].length + 2;
    if (count > 0 && used > room) break;
    count++;
  }
  return { shown: list.slice(0, count), more: list.length - count };
}
