// Onset curves prepared for rhythm: what stands over the background, levelled over time, and where accents lie.
import { logarithm4 } from '../transform/logarithm';

/** Mean square root under which a curve has no onsets. */
const SILENCE: f64 = 1e-6;

/** target[i] = mean of values from i - radius to i + radius, cut off at both ends. */
function movingMean(values: usize, count: i32, radius: i32, target: usize): void {
  let sum: f64 = 0;
  let from = 0;
  let to = 0;
  for (let i = 0; i < count; i++) {
    for (const end = min(count, i + radius + 1); to < end; to++) sum += <f64>load<f32>(values + ((<usize>to) << 2));
    for (; from < i - radius; from++) sum -= <f64>load<f32>(values + ((<usize>from) << 2));
    store<f32>(target + ((<usize>i) << 2), <f32>(sum / <f64>(to - from)));
  }
}

/**
 * What of a curve rises over its mean of `background` values to each side, over the root of the mean square of that within
 * `around` to each side plus `floor` times that of the whole curve; zeros for a curve that never rises.
 * @param curve f32[count]
 * @param squares scratch, f32[count], and `local` as much
 * @param target f32[count]
 */
export function levelledRises(
  curve: usize,
  count: i32,
  background: i32,
  around: i32,
  floor: f64,
  squares: usize,
  local: usize,
  target: usize,
): void {
  const bytes = (<usize>count) << 2;
  movingMean(curve, count, background, local);
  let total: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    const rise = max<f64>(0, <f64>load<f32>(curve + at) - <f64>load<f32>(local + at));
    store<f32>(target + at, <f32>rise);
    store<f32>(squares + at, <f32>(rise * rise));
    total += rise * rise;
  }
  const level = Math.sqrt(total / <f64>max(1, count));
  if (level < SILENCE) {
    memory.fill(target, 0, bytes);
    return;
  }
  movingMean(squares, count, around, local);
  for (let at: usize = 0; at < bytes; at += 4) {
    const here = Math.sqrt(<f64>load<f32>(local + at)) + floor * level;
    store<f32>(target + at, <f32>(<f64>load<f32>(target + at) / here));
  }
}

/**
 * target[i] = largest of values i - reach to i + reach, over the mean of the curve; zeros for a curve of zeros.
 * compressed[i] = ln(1 + target[i]).
 * @param curve f32[count], at least 0
 * @param target f32[count, rounded up to a multiple of 4], aligned to 16, zeroed, and `compressed` as much
 */
export function accents(curve: usize, count: i32, reach: i32, target: usize, compressed: usize): void {
  const bytes = (<usize>count) << 2;
  const side = (<usize>reach) << 2;
  let total: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    total += <f64>load<f32>(curve + at);
    let top: f32 = 0;
    const end = min(bytes, at + side + 4);
    for (let near = at > side ? at - side : 0; near < end; near += 4) top = max(top, load<f32>(curve + near));
    store<f32>(target + at, top);
  }
  const scale = total > 0 ? <f64>count / total : 0;
  for (let at: usize = 0; at < bytes; at += 4) store<f32>(target + at, <f32>(<f64>load<f32>(target + at) * scale));
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(compressed + at, logarithm4(f32x4.add(one, v128.load(target + at))));
  }
}

/**
 * Fourier coefficients of consecutive blocks of a curve at one frequency.
 * @param curve f32[count]
 * @param block values in each; the last may have fewer
 * @param angle radians from one value to the next
 * @param target f64[ceil(count / block)][2]: real and imaginary part of the sum of value * e^(i * angle * t)
 */
export function blockPhases(curve: usize, count: i32, block: i32, angle: f64, target: usize): void {
  // One rotation further from value to value; each block begins at its exact place.
  const stepReal = Math.cos(angle);
  const stepImaginary = Math.sin(angle);
  for (let first = 0; first < count; first += block, target += 16) {
    let turnReal = Math.cos(angle * <f64>first);
    let turnImaginary = Math.sin(angle * <f64>first);
    let real: f64 = 0;
    let imaginary: f64 = 0;
    const end = min(count, first + block);
    for (let t = first; t < end; t++) {
      const value = <f64>load<f32>(curve + ((<usize>t) << 2));
      real += value * turnReal;
      imaginary += value * turnImaginary;
      const next = turnReal * stepReal - turnImaginary * stepImaginary;
      turnImaginary = turnReal * stepImaginary + turnImaginary * stepReal;
      turnReal = next;
    }
    store<f64>(target, real);
    store<f64>(target, imaginary, 8);
  }
}
