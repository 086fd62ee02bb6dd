// Three bands with gains of their own: bands by a crossover -> gains that move linearly -> their sum.
import { samplePeak } from '../measure/peak';
import { arenaAllocate } from '../memory/arena';
import { BAND_STRIDE, Crossover, crossoverBand, crossoverCreate, crossoverReset, crossoverSplit } from './crossover';

const BANDS: i32 = 3;

@unmanaged
class Isolator {
  channels: i32;
  crossover: usize;
}

/** @returns 0 when no memory is left */
export function isolatorCreate(sampleRate: f64, channels: i32, lowHz: f64, highHz: f64): usize {
  const pointer = arenaAllocate(offsetof<Isolator>());
  const crossover = crossoverCreate(sampleRate, channels, BANDS, lowHz, highHz, 0);
  if (pointer === 0 || crossover === 0) return 0;
  const state = changetype<Isolator>(pointer);
  state.channels = channels;
  state.crossover = crossover;
  return pointer;
}

/** Forgets what was heard. */
export function isolatorReset(pointer: usize): void {
  crossoverReset(changetype<Crossover>(changetype<Isolator>(pointer).crossover));
}

/** low, middle and high, each times its gain, added up: bands `toNext` bytes apart, gains in lanes 0 to 2. */
function weightedSum(bands: usize, toNext: usize, low: v128, middle: v128, high: v128): v128 {
  return f32x4.add(
    f32x4.mul(low, v128.load(bands)),
    f32x4.add(f32x4.mul(middle, v128.load(bands + toNext)), f32x4.mul(high, v128.load(bands + 2 * toNext))),
  );
}

/** gain + step * i for four frames from number i on */
function gains4(gain: f32, step: f32, i: i32): v128 {
  const frames = f32x4.add(f32x4.splat(<f32>i), f32x4(0, 1, 2, 3));
  return f32x4.add(f32x4.splat(gain), f32x4.mul(f32x4.splat(step), frames));
}

/**
 * Splits `frames` samples into three bands and adds them up again, in place, with a gain for each band that is `low`,
 * `middle`, `high` at the first sample and changes by a step from sample to sample.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function isolatorProcess(
  pointer: usize,
  samples: usize,
  stride: usize,
  frames: i32,
  low: f32,
  middle: f32,
  high: f32,
  lowStep: f32,
  middleStep: f32,
  highStep: f32,
): void {
  const state = changetype<Isolator>(pointer);
  const crossover = changetype<Crossover>(state.crossover);
  const toNext = BAND_STRIDE * <usize>state.channels;
  for (let first = 0; first < frames; ) {
    const count = crossoverSplit(crossover, samples, stride, frames - first);
    for (let channel: usize = 0; channel < <usize>state.channels; channel++) {
      const target = samples + stride * channel;
      const bands = crossoverBand(crossover, 0) + BAND_STRIDE * channel;
      for (let i = 0; i < count; i += 4) {
        const at = (<usize>i) << 2;
        const number = first + i;
        const sum = weightedSum(
          bands + at,
          toNext,
          gains4(low, lowStep, number),
          gains4(middle, middleStep, number),
          gains4(high, highStep, number),
        );
        if (i + 4 <= count) {
          v128.store(target + at, sum);
          continue;
        }
        store<f32>(target + at, f32x4.extract_lane(sum, 0));
        if (i + 1 < count) store<f32>(target + at, f32x4.extract_lane(sum, 1), 4);
        if (i + 2 < count) store<f32>(target + at, f32x4.extract_lane(sum, 2), 8);
      }
    }
    samples += (<usize>count) << 2;
    first += count;
  }
}

/**
 * Raises `peaks` to the largest magnitudes that the bands of `frames` samples have in any channel; the samples stay as
 * they are.
 * @param peaks 3 floats: low, middle, high
 */
export function isolatorPeaks(pointer: usize, samples: usize, stride: usize, frames: i32, peaks: usize): void {
  const state = changetype<Isolator>(pointer);
  const crossover = changetype<Crossover>(state.crossover);
  while (frames > 0) {
    const count = crossoverSplit(crossover, samples, stride, frames);
    let band = crossoverBand(crossover, 0);
    for (let at = peaks; at < peaks + 4 * <usize>BANDS; at += 4) {
      for (let channel = 0; channel < state.channels; channel++, band += BAND_STRIDE) {
        store<f32>(at, max(load<f32>(at), samplePeak(band, count)));
      }
    }
    samples += (<usize>count) << 2;
    frames -= count;
  }
}
