// Running sums of compressed semitone spectra.
import { logarithm4 } from '../transform/logarithm';
import { sumOfSquares } from './pitch-rows';

/** Bins of a semitone: the middle one and its neighbours. */
const BINS: i32 = 3;

/**
 * sums[row + 1][s] = sums[row][s] + ln(1 + gain * amplitude), where the amplitude of semitone s is the root of the squares
 * of bins 3 s - 1 (none before the first) to 3 s + 1.
 * @param rows f32[count][3 * semitones]
 * @param semitones a multiple of 4
 * @param levels scratch, f32[semitones], aligned to 16
 * @param sums f64[count + 1][semitones], the first row zeroed
 */
export function semitoneSums(rows: usize, count: i32, semitones: i32, gain: f32, levels: usize, sums: usize): void {
  const gains = f32x4.splat(gain);
  const one = f32x4.splat(1);
  const bytes = (<usize>semitones) << 2;
  let before = sums;
  let after = sums + (bytes << 1);
  for (let row = 0; row < count; row++) {
    let below: f32 = 0;
    for (let at = levels; at < levels + bytes; at += 4, rows += BINS << 2) {
      const centre = load<f32>(rows);
      const above = load<f32>(rows, 4);
      store<f32>(at, below * below + centre * centre + above * above);
      below = load<f32>(rows, 8);
    }
    for (let at = levels; at < levels + bytes; at += 16) {
      const level = logarithm4(f32x4.add(one, f32x4.mul(gains, f32x4.sqrt(v128.load(at)))));
      v128.store(after, f64x2.add(v128.load(before), f64x2.promote_low_f32x4(level)));
      const high = v128.shuffle<f32>(level, level, 2, 3, 0, 1);
      v128.store(after, f64x2.add(v128.load(before, 16), f64x2.promote_low_f32x4(high)), 16);
      before += 32;
      after += 32;
    }
  }
}

/**
 * Mean of the root mean square of rows, each weighted by its own: silence has no part in it.
 * @param rows f32[count][width]
 * @param width a multiple of 4
 */
export function levelOfRows(rows: usize, count: i32, width: i32): f64 {
  let levels: f64 = 0;
  let squares: f64 = 0;
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < count; row++, rows += bytes) {
    const square = sumOfSquares(rows, width) / <f64>width;
    levels += Math.sqrt(square);
    squares += square;
  }
  return levels > 0 ? squares / levels : 0;
}
