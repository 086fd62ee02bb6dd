// Sums for level meters, of two channels side by side, in float64 and in the order of the samples, so that they do not
// depend on how the signal is cut into blocks.
import { arenaAllocate } from '../memory/arena';

/** Sum of samples, left and right, and sum of squares, left and right: four f64. 0 when no memory is left. */
export function levelCreate(): usize {
  return arenaAllocate(32);
}

export function levelReset(pointer: usize): void {
  memory.fill(pointer, 0, 32);
}

/** Adds `frames` samples of both channels to the sums. */
export function levelAdd(pointer: usize, left: usize, right: usize, frames: i32): void {
  let sum = v128.load(pointer);
  let squares = v128.load(pointer, 16);
  const end = left + ((<usize>frames) << 2);
  for (; left + 8 <= end; left += 8, right += 8) {
    const samples = v128.shuffle<f32>(v128.load64_zero(left), v128.load64_zero(right), 0, 4, 1, 5);
    const first = f64x2.promote_low_f32x4(samples);
    const second = f64x2.promote_low_f32x4(v128.shuffle<f32>(samples, samples, 2, 3, 2, 3));
    sum = f64x2.add(f64x2.add(sum, first), second);
    squares = f64x2.add(f64x2.add(squares, f64x2.mul(first, first)), f64x2.mul(second, second));
  }
  if (left < end) {
    const sample = f64x2.promote_low_f32x4(v128.load32_lane(right, v128.load32_zero(left), 1));
    sum = f64x2.add(sum, sample);
    squares = f64x2.add(squares, f64x2.mul(sample, sample));
  }
  v128.store(pointer, sum);
  v128.store(pointer, squares, 16);
}
