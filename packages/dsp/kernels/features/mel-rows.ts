// Rows of mel levels in dB: how they rise, and weighted sums of the powers that they stand for.
import { exponential4 } from '../transform/exponential';

/** Largest of `count` floats; the smallest float of none. */
export function largestOf(values: usize, count: i32): f32 {
  let largest: f32 = -f32.MAX_VALUE;
  for (const end = values + ((<usize>count) << 2); values < end; values += 4) largest = max(largest, load<f32>(values));
  return largest;
}

/**
 * Mean over the bands of how much each rises from the row before, from `least` on; 0 for the first row.
 * @param rows f32[count][bands]
 * @param target f64[count]
 */
export function melRises(rows: usize, count: i32, bands: i32, least: f64, target: usize): void {
  const bytes = (<usize>bands) << 2;
  if (count > 0) store<f64>(target, 0);
  for (let row = 1; row < count; row++) {
    rows += bytes;
    target += 8;
    let sum: f64 = 0;
    for (let at = rows; at < rows + bytes; at += 4) {
      const before = max(least, <f64>load<f32>(at - bytes));
      const here = <f64>load<f32>(at);
      if (here > before) sum += here - before;
    }
    store<f64>(target, sum / <f64>bands);
  }
}

/**
 * target[row][k] = sum over bands of weights[band][k] * 10^(level / 10), for four k.
 * @param rows f32[count][bands] levels in dB, -300 to 300
 * @param bands a multiple of 4
 * @param weights f32[bands][4], aligned to 16
 * @param powers scratch, f32[bands], aligned to 16
 * @param target f32[count][4], aligned to 16
 */
export function melPowerSums(rows: usize, count: i32, bands: i32, weights: usize, powers: usize, target: usize): void {
  const bytes = (<usize>bands) << 2;
  const perDecibel = f32x4.splat(<f32>(Math.LN10 / 10));
  for (let row = 0; row < count; row++, rows += bytes, target += 16) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(powers + at, exponential4(f32x4.mul(perDecibel, v128.load(rows + at))));
    }
    let sums = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 4) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(weights + (at << 2)), v128.load32_splat(powers + at)));
    }
    v128.store(target, sums);
  }
}
