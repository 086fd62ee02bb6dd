// Values of a signal between its samples, at quarters of a sample, and a bound on them that is cheap to have.
//
// Interpolation: sinc over 32 samples under a Kaiser window of beta 9, each phase scaled to a gain of 1 at 0 Hz: flat
// within 0.001 dB up to 0.4 of the sample rate, where the 12 taps of ITU-R BS.1770-5 Annex 2 deviate by 0.2 dB. A value
// at 1/4 and the one at 3/4 use the same taps in reverse, so they come from sums and differences of the samples on
// either side. (FFmpeg's resampler has the same filter by default, so its meter reads the same at 48 kHz.)
//
// Bound: with h the taps of one phase, h = (linear interpolation with the same sum and first moment) + q * second
// difference for some finite q, so |y| <= max(|x0|, |x1|) + (sum of |q|) * max |second difference|. Music has little
// energy near half the sample rate, so its second differences are small and the bound is tight.

import { windowedSinc } from '../filter/windowed-sinc';
import { arenaAllocate } from '../memory/arena';

/** Samples on either side that an interpolated value depends on. */
export const REACH: i32 = 16;
const BETA: f64 = 9;
/** Samples that are bounded, and if need be interpolated, together. */
export const CHUNK: i32 = 16;
const CHUNK_BYTES: usize = 64;

/** Bytes of a table: per pair of taps three v128, then the bound's factor on second differences. */
const PAIR_BYTES: usize = 48;
const PAIRS_BYTES: usize = 768;
const TABLE_BYTES: usize = PAIRS_BYTES + 16;

/** Covers the rounding of interpolated values and differences in float32. */
const BOUND_SLACK: f32 = 1.00001;

/** Stores the taps of the value at `fraction` behind sample 0, for samples -15 to 16, in f64. */
function storePhase(taps: usize, fraction: f64): void {
  let sum: f64 = 0;
  for (let i = 0; i < 2 * REACH; i++) {
    const tap = windowedSinc(<f64>(i - REACH + 1) - fraction, 0.5, <f64>REACH, BETA);
    store<f64>(taps + ((<usize>i) << 3), tap);
    sum += tap;
  }
  for (let i = 0; i < 2 * REACH; i++) {
    const at = taps + ((<usize>i) << 3);
    store<f64>(at, load<f64>(at) / sum);
  }
}

/** Sum of |q| of one phase, see above. */
function curvatureFactor(taps: usize): f64 {
  let moment: f64 = 0;
  for (let i = 0; i < 2 * REACH; i++) moment += <f64>(i - REACH + 1) * load<f64>(taps + ((<usize>i) << 3));
  let first: f64 = 0;
  let second: f64 = 0;
  let total: f64 = 0;
  for (let i = 0; i < 2 * REACH - 2; i++) {
    let rest = load<f64>(taps + ((<usize>i) << 3));
    if (i === REACH - 1) rest -= 1 - moment;
    if (i === REACH) rest -= moment;
    first += rest;
    second += first;
    total += Math.abs(second);
  }
  return total;
}

/** Table for the functions below; 0 when no memory is left. */
export function interSampleTable(): usize {
  const table = arenaAllocate(TABLE_BYTES);
  const quarter = arenaAllocate(<usize>REACH * 16);
  const half = arenaAllocate(<usize>REACH * 16);
  if (table === 0 || quarter === 0 || half === 0) return 0;
  storePhase(quarter, 0.25);
  storePhase(half, 0.5);
  for (let pair = 0; pair < REACH; pair++) {
    const before = (<usize>(REACH - 1 - pair)) << 3;
    const after = (<usize>(REACH + pair)) << 3;
    const at = table + PAIR_BYTES * <usize>pair;
    v128.store(at, f32x4.splat(<f32>((load<f64>(quarter + before) + load<f64>(quarter + after)) / 2)));
    v128.store(at, f32x4.splat(<f32>((load<f64>(quarter + before) - load<f64>(quarter + after)) / 2)), 16);
    v128.store(at, f32x4.splat(<f32>load<f64>(half + before)), 32);
  }
  store<f32>(table + PAIRS_BYTES, <f32>Math.max(curvatureFactor(quarter), curvatureFactor(half)));
  return table;
}

/**
 * The values at 1/4, 1/2 and 3/4 behind each of the four samples at `samples`, as three v128 at `target`.
 * Reads 15 samples before and 16 behind each.
 */
export function interpolateQuarters(table: usize, samples: usize, target: usize): void {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let half = f32x4.splat(0);
  let before = samples;
  let after = samples + 4;
  for (const end = table + PAIRS_BYTES; table < end; table += PAIR_BYTES, before -= 4, after += 4) {
    const left = v128.load(before);
    const right = v128.load(after);
    const sum = f32x4.add(left, right);
    even = f32x4.add(even, f32x4.mul(v128.load(table), sum));
    odd = f32x4.add(odd, f32x4.mul(v128.load(table, 16), f32x4.sub(left, right)));
    half = f32x4.add(half, f32x4.mul(v128.load(table, 32), sum));
  }
  v128.store(target, f32x4.add(even, odd));
  v128.store(target, half, 16);
  v128.store(target, f32x4.sub(even, odd), 32);
}

/** As `interpolateQuarters`, the values at 1/2 only. */
export function interpolateHalves(table: usize, samples: usize): v128 {
  let half = f32x4.splat(0);
  let before = samples;
  let after = samples + 4;
  for (const end = table + PAIRS_BYTES; table < end; table += PAIR_BYTES, before -= 4, after += 4) {
    half = f32x4.add(half, f32x4.mul(v128.load(table, 32), f32x4.add(v128.load(before), v128.load(after))));
  }
  return half;
}

/**
 * Extremes of a chunk: the largest magnitude of its samples in lane 0 and of the second differences around them in
 * lane 1. Reads one sample before and one behind the chunk.
 */
export function chunkExtremes(samples: usize): v128 {
  const magnitude = i32x4.splat(0x7fffffff);
  let peaks = i32x4.splat(0);
  let curvatures = i32x4.splat(0);
  for (const end = samples + CHUNK_BYTES; samples < end; samples += 16) {
    const value = v128.load(samples);
    const neighbours = f32x4.add(v128.load(samples - 4), v128.load(samples + 4));
    // Magnitudes are compared as integers, which order as the floats do.
    peaks = i32x4.max_s(peaks, v128.and(value, magnitude));
    curvatures = i32x4.max_s(curvatures, v128.and(f32x4.sub(neighbours, f32x4.add(value, value)), magnitude));
  }
  const both = i32x4.max_s(
    v128.shuffle<i32>(peaks, curvatures, 0, 4, 1, 5),
    v128.shuffle<i32>(peaks, curvatures, 2, 6, 3, 7),
  );
  return i32x4.max_s(both, v128.shuffle<i32>(both, both, 2, 3, 0, 1));
}

/**
 * A bound on all values from the first sample of a chunk to the first sample behind it, from the extremes of the chunks
 * before, at and behind it.
 */
export function chunkBound(table: usize, before: v128, at: v128, behind: v128): f32 {
  const near = i32x4.max_s(at, behind);
  const curvature = f32x4.extract_lane(i32x4.max_s(before, near), 1);
  return BOUND_SLACK * (f32x4.extract_lane(near, 0) + load<f32>(table + PAIRS_BYTES) * curvature);
}
