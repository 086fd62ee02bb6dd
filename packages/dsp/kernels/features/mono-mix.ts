// Magnitudes of floats are in the order of their bits, so the tests on samples are made on integers: some processors take
// a hundred times longer for arithmetic on subnormal numbers, comparisons included.

/** 1e-10, or -200 dBFS. Samples below count as silence: their squares would be subnormal. */
const SILENCE: i32 = 0x2edbe6ff;
/** Bit patterns from here on are infinite or not a number. */
const NOT_FINITE: i32 = 0x7f800000;
const MAGNITUDE: i32 = 0x7fffffff;

/**
 * target[i] = mean of the channels at i, for `frames` samples.
 * @param first the first channel; the others follow `stride` bytes apart
 * @returns whether all samples are finite
 */
export function mixToMono(first: usize, stride: usize, channels: i32, frames: i32, target: usize): bool {
  const share: f32 = 1 / <f32>channels;
  const shares = f32x4.splat(share);
  const silence = i32x4.splat(SILENCE);
  const magnitude = i32x4.splat(MAGNITUDE);
  let largest = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= frames; i += 4, first += 16, target += 16) {
    let sum = f32x4.splat(0);
    let source = first;
    for (let channel = 0; channel < channels; channel++, source += stride) {
      const samples = v128.load(source);
      const bits = v128.and(samples, magnitude);
      largest = i32x4.max_s(largest, bits);
      sum = f32x4.add(sum, v128.and(samples, i32x4.gt_s(bits, silence)));
    }
    v128.store(target, f32x4.mul(sum, shares));
  }
  for (; i < frames; i++, first += 4, target += 4) {
    let sum: f32 = 0;
    let source = first;
    for (let channel = 0; channel < channels; channel++, source += stride) {
      const bits = load<i32>(source) & MAGNITUDE;
      largest = i32x4.max_s(largest, i32x4.splat(bits));
      if (bits > SILENCE) sum += load<f32>(source);
    }
    store<f32>(target, sum * share);
  }
  return !v128.any_true(i32x4.ge_s(largest, i32x4.splat(NOT_FINITE)));
}

/** target[i] = half the difference of two channels at i, for `frames` finite samples. */
export function mixToSide(first: usize, second: usize, frames: i32, target: usize): void {
  const half = f32x4.splat(0.5);
  const silence = i32x4.splat(SILENCE);
  const magnitude = i32x4.splat(MAGNITUDE);
  let i = 0;
  for (; i + 4 <= frames; i += 4, first += 16, second += 16, target += 16) {
    const left = v128.load(first);
    const right = v128.load(second);
    const heardLeft = v128.and(left, i32x4.gt_s(v128.and(left, magnitude), silence));
    const heardRight = v128.and(right, i32x4.gt_s(v128.and(right, magnitude), silence));
    v128.store(target, f32x4.mul(half, f32x4.sub(heardLeft, heardRight)));
  }
  for (; i < frames; i++, first += 4, second += 4, target += 4) {
    const left: f32 = (load<i32>(first) & MAGNITUDE) > SILENCE ? load<f32>(first) : 0;
    const right: f32 = (load<i32>(second) & MAGNITUDE) > SILENCE ? load<f32>(second) : 0;
    store<f32>(target, 0.5 * (left - right));
  }
}
