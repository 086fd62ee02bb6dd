// Samples below -200 dBFS count as silence: their squares would be subnormal numbers, on which some processors are a
// hundred times slower.
const SILENCE: f32 = 1e-10;

/** Bit patterns from here on are infinite or not a number. */
const NOT_FINITE: i32 = 0x7f800000;

/**
 * target[i] = mean of the channels at i, for `frames` samples.
 * @param first the first channel; the others follow `stride` bytes apart
 * @returns whether all samples are finite
 */
export function mixToMono(first: usize, stride: usize, channels: i32, frames: i32, target: usize): bool {
  const share: f32 = 1 / <f32>channels;
  const shares = f32x4.splat(share);
  const silence = f32x4.splat(SILENCE);
  const withoutSign = i32x4.splat(0x7fffffff);
  // Magnitudes of floats are in the order of their bits.
  let largest = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= frames; i += 4, first += 16, target += 16) {
    let sum = v128.load(first);
    largest = i32x4.max_s(largest, v128.and(sum, withoutSign));
    let source = first;
    for (let channel = 1; channel < channels; channel++) {
      source += stride;
      const samples = v128.load(source);
      largest = i32x4.max_s(largest, v128.and(samples, withoutSign));
      sum = f32x4.add(sum, samples);
    }
    sum = f32x4.mul(sum, shares);
    v128.store(target, v128.and(sum, f32x4.gt(f32x4.abs(sum), silence)));
  }
  let finite = !v128.any_true(i32x4.ge_s(largest, i32x4.splat(NOT_FINITE)));
  for (; i < frames; i++, first += 4, target += 4) {
    let sum: f32 = 0;
    let source = first;
    for (let channel = 0; channel < channels; channel++) {
      const sample = load<f32>(source);
      finite = finite && abs(sample) < Infinity;
      sum += sample;
      source += stride;
    }
    sum *= share;
    store<f32>(target, abs(sum) > SILENCE ? sum : 0);
  }
  return finite;
}
