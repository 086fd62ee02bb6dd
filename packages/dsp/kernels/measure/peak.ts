/**
 * The largest magnitude among `frames` samples; not finite when one of them is not. Magnitudes are compared as integers,
 * which order as the floats do and put infinity and NaN on top (and `f32x4.max` costs four times as much).
 */
export function samplePeak(samples: usize, frames: i32): f32 {
  const magnitude = i32x4.splat(0x7fffffff);
  let peaks = i32x4.splat(0);
  let more = i32x4.splat(0);
  const end = samples + ((<usize>frames) << 2);
  for (; samples + 32 <= end; samples += 32) {
    peaks = i32x4.max_s(peaks, v128.and(v128.load(samples), magnitude));
    more = i32x4.max_s(more, v128.and(v128.load(samples, 16), magnitude));
  }
  peaks = i32x4.max_s(peaks, more);
  peaks = i32x4.max_s(peaks, v128.shuffle<i32>(peaks, peaks, 2, 3, 0, 1));
  let peak = max(i32x4.extract_lane(peaks, 0), i32x4.extract_lane(peaks, 1));
  for (; samples < end; samples += 4) peak = max(peak, load<i32>(samples) & 0x7fffffff);
  return reinterpret<f32>(peak);
}
