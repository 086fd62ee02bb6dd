import type { Neighbour } from './vector-table.ts';

/** The definition, plainly: all rows by their distance, the earlier first of equally near ones. */
export function nearestTwin(
  rows: readonly ArrayLike<number>[],
  query: ArrayLike<number>,
  most: number,
  allowed?: Uint8Array,
): Neighbour[] {
  return rows
    .map((vector, row) => ({
      row,
      distance: Math.hypot(...Array.from(vector, (value, i) => Math.fround(value) - Math.fround(query[i]!))),
    }))
    .filter(({ row }) => allowed?.[row] !== 0)
    .sort((a, b) => a.distance - b.distance || a.row - b.row)
    .slice(0, most);
}
