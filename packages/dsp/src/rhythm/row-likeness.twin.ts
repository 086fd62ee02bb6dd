/** A row with the mean 0 and the length 1, plainly; zeros for an even one. */
export function standardisedTwin(row: readonly number[]): number[] {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const centred = row.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return centred.map((value) => (length > 0 ? value / length : 0));
}

/** The definition, plainly. */
export function rowLikenessTwin(rows: readonly (readonly number[])[], lag: number): number {
  const pairs = rows.slice(lag).map((later, i) => later.reduce((sum, value, v) => sum + value * rows[i]![v]!, 0));
  return pairs.length > 0 ? pairs.reduce((sum, value) => sum + value, 0) / pairs.length : 0;
}
