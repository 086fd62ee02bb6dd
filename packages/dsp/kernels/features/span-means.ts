// Means of rows over stretches of time that begin and end between rows.

/**
 * Mean of each column over each span; rows at its ends count for what the span covers of them.
 * @param rows f32[][stride], of which the first `width` columns are looked at
 * @param spans f64[count][2]: from where to where, in rows; each from 0 on and longer than 0
 * @param least what is less counts as this
 * @param sums scratch, f64[width]
 * @param target f32[count][width]
 */
export function spanMeans(
  rows: usize,
  stride: i32,
  width: i32,
  spans: usize,
  count: i32,
  least: f64,
  sums: usize,
  target: usize,
): void {
  const bytes = (<usize>stride) << 2;
  const end = (<usize>width) << 3;
  for (let span = 0; span < count; span++, spans += 16) {
    const from = load<f64>(spans);
    const to = load<f64>(spans, 8);
    const scale = 1 / (to - from);
    memory.fill(sums, 0, end);
    for (let row = <i32>from; <f64>row < to; row++) {
      const share = scale * (min(to, <f64>(row + 1)) - max(from, <f64>row));
      let value = rows + <usize>row * bytes;
      for (let at: usize = 0; at < end; at += 8, value += 4) {
        store<f64>(sums + at, load<f64>(sums + at) + share * max(least, <f64>load<f32>(value)));
      }
    }
    for (let at: usize = 0; at < end; at += 8, target += 4) store<f32>(target, <f32>load<f64>(sums + at));
  }
}
