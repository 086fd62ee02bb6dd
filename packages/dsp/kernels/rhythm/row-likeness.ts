// How alike rows are to those some rows later.

/** Makes each row have the mean 0 and the length 1; zeros for a row that is even. @param rows f32[count][width] */
export function standardiseRows(rows: usize, count: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < count; row++, rows += bytes) {
    let sum: f64 = 0;
    for (let at = rows; at < rows + bytes; at += 4) sum += <f64>load<f32>(at);
    const mean = sum / <f64>width;
    let squares: f64 = 0;
    for (let at = rows; at < rows + bytes; at += 4) {
      const value = <f64>load<f32>(at) - mean;
      store<f32>(at, <f32>value);
      squares += value * value;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let at = rows; at < rows + bytes; at += 4) store<f32>(at, <f32>(<f64>load<f32>(at) * scale));
  }
}

/**
 * Mean over the rows of the product of each and that `lag` rows later; 0 when there is none.
 * @param rows f32[count][width]
 * @param width even
 */
export function rowLikeness(rows: usize, count: i32, width: i32, lag: i32): f64 {
  const pairs = count - lag;
  if (pairs <= 0) return 0;
  const later = (<usize>(lag * width)) << 2;
  const end = rows + ((<usize>(pairs * width)) << 2);
  let sum = f64x2.splat(0);
  for (let at = rows; at < end; at += 8) {
    const here = f64x2.promote_low_f32x4(v128.load64_zero(at));
    sum = f64x2.add(sum, f64x2.mul(here, f64x2.promote_low_f32x4(v128.load64_zero(at + later))));
  }
  return (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)) / <f64>pairs;
}
