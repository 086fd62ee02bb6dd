/** The definition, plainly, of one column. */
export function columnTwin(values: Float32Array, width: number, column: number, rows: Int32Array) {
  const chosen = Array.from(rows, (row) => values[row * width + column]!);
  const mean = chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
  const squares = chosen.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / chosen.length) };
}
