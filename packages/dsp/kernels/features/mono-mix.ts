// Samples below -200 dBFS count as silence: their squares would be subnormal numbers, on which some processors are a
// hundred times slower.
const SILENCE: f32 = 1e-10;

/**
 * target[i] = mean of the channels at i, for `frames` samples.
 * @param first the first channel; the others follow `stride` bytes apart
 * @returns the largest magnitude in any channel, or NaN when a sample is NaN
 */
export function mixToMono(first: usize, stride: usize, channels: i32, frames: i32, target: usize): f32 {
  const share: f32 = 1 / <f32>channels;
  const shares = f32x4.splat(share);
  const silence = f32x4.splat(SILENCE);
  let peaks = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= frames; i += 4, first += 16, target += 16) {
    let sum = v128.load(first);
    peaks = f32x4.max(peaks, f32x4.abs(sum));
    let source = first;
    for (let channel = 1; channel < channels; channel++) {
      source += stride;
      const samples = v128.load(source);
      peaks = f32x4.max(peaks, f32x4.abs(samples));
      sum = f32x4.add(sum, samples);
    }
    sum = f32x4.mul(sum, shares);
    v128.store(target, v128.and(sum, f32x4.gt(f32x4.abs(sum), silence)));
  }
  peaks = f32x4.max(peaks, v128.shuffle<f32>(peaks, peaks, 2, 3, 0, 1));
  let peak = max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 1));
  for (; i < frames; i++, first += 4, target += 4) {
    let sum = load<f32>(first);
    peak = max(peak, abs(sum));
    let source = first;
    for (let channel = 1; channel < channels; channel++) {
      source += stride;
      const sample = load<f32>(source);
      peak = max(peak, abs(sample));
      sum += sample;
    }
    sum *= share;
    store<f32>(target, abs(sum) > SILENCE ? sum : 0);
  }
  return peak;
}
