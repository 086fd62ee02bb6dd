// Rows of pitch spectra: their means in blocks, and what pitch classes stand out of them.
import { filterBankApply } from '../transform/filter-bank';
import { logarithm4 } from '../transform/logarithm';

/**
 * target[block] = mean of `perBlock` rows, of what is left in the last block.
 * @param rows f32[count][width]
 * @param width a multiple of 4
 * @param target f32[ceil(count / perBlock)][width], aligned to 16, zeroed
 */
export function meanRows(rows: usize, count: i32, width: i32, perBlock: i32, target: usize): void {
  const bytes = (<usize>width) << 2;
  for (let first = 0; first < count; first += perBlock, target += bytes) {
    const here = min(perBlock, count - first);
    for (let row = 0; row < here; row++, rows += bytes) {
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(rows + at)));
      }
    }
    const share = f32x4.splat(<f32>here);
    for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, f32x4.div(v128.load(target + at), share));
  }
}

/** Sum of the squares of `count` floats, a multiple of 4. */
export function sumOfSquares(values: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  for (const end = values + ((<usize>count) << 2); values < end; values += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(values));
    sum = f64x2.add(sum, f64x2.mul(pair, pair));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * Levels ln(1 + gain * amplitude) of each row, minus their mean over `around` bins to each side (fewer at the edges), at
 * least 0: how much a bin stands out; then a filter bank over that.
 * @param bank of `width` bins
 * @param rows f32[count][width]
 * @param width a multiple of 4
 * @param levels scratch, f32[width], and `risen` as much, aligned to 16
 * @param target f32[count][bands]
 */
export function standOut(
  bank: usize,
  bands: i32,
  rows: usize,
  count: i32,
  width: i32,
  gain: f32,
  around: i32,
  levels: usize,
  risen: usize,
  target: usize,
): void {
  const gains = f32x4.splat(gain);
  const one = f32x4.splat(1);
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < count; row++, rows += bytes, target += (<usize>bands) << 2) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(levels + at, logarithm4(f32x4.add(one, f32x4.mul(gains, v128.load(rows + at)))));
    }
    let sum: f64 = 0;
    let from = 0;
    let to = 0;
    for (let bin = 0; bin < width; bin++) {
      for (const end = min(width, bin + around + 1); to < end; to++) sum += <f64>load<f32>(levels + ((<usize>to) << 2));
      for (; from < bin - around; from++) sum -= <f64>load<f32>(levels + ((<usize>from) << 2));
      const place = (<usize>bin) << 2;
      store<f32>(risen + place, <f32>max<f64>(0, <f64>load<f32>(levels + place) - sum / <f64>(to - from)));
    }
    filterBankApply(bank, risen, target);
  }
}
