// Mean and standard deviation of the columns of a matrix over some of its rows.

/**
 * Two passes, each adding up in ascending order of the list.
 * @param values f32[][width]
 * @param rows i32[count]: which rows count; at least one
 * @param means f64[width] and `deviations` f64[width]: the results
 */
export function columnStatistics(
  values: usize,
  width: i32,
  rows: usize,
  count: i32,
  means: usize,
  deviations: usize,
): void {
  const end = (<usize>width) << 3;
  const last = rows + ((<usize>count) << 2);
  const share = <f64>count;
  memory.fill(means, 0, end);
  memory.fill(deviations, 0, end);
  for (let row = rows; row < last; row += 4) {
    let value = values + <usize>(load<i32>(row) * width) * 4;
    for (let at: usize = 0; at < end; at += 8, value += 4) {
      store<f64>(means + at, load<f64>(means + at) + <f64>load<f32>(value));
    }
  }
  for (let at: usize = 0; at < end; at += 8) store<f64>(means + at, load<f64>(means + at) / share);
  for (let row = rows; row < last; row += 4) {
    let value = values + <usize>(load<i32>(row) * width) * 4;
    for (let at: usize = 0; at < end; at += 8, value += 4) {
      const off = <f64>load<f32>(value) - load<f64>(means + at);
      store<f64>(deviations + at, load<f64>(deviations + at) + off * off);
    }
  }
  for (let at: usize = 0; at < end; at += 8) {
    store<f64>(deviations + at, Math.sqrt(load<f64>(deviations + at) / share));
  }
}
