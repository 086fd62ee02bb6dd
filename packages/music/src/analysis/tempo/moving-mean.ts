/** Mean of `values` over [i - radius, i + radius], cut off at both ends, for every i. */
export function movingMean(values: Float32Array, radius: number): Float32Array {
  const result = new Float32Array(values.length);
  let sum = 0;
  let from = 0;
  let to = 0;
  for (let i = 0; i < values.length; i++) {
    const end = Math.min(values.length, i + radius + 1);
    const start = Math.max(0, i - radius);
    while (to < end) sum += values[to++]!;
    while (from < start) sum -= values[from++]!;
    result[i] = sum / (to - from);
  }
  return result;
}
