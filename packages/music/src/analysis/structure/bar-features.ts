import type { Features } from '@tutti/dsp';
import type { SemitoneSums } from '../semitone-sums.ts';

const PITCH_CLASSES = 12;
/**
 * Into how many parts of equal length a bar is cut: chords change at most every beat of four, sounds every half of one,
 * drums play sixteenths. The deviation below which a dimension says nothing of a track: 1 dB, 0.1 of the compressed level of a semitone,
 * and a hundredth of a neper of onset strength.
 */
const TIMBRE = { parts: 8, leastDeviation: 1 } as const;
const HARMONY = { parts: 4, leastDeviation: 0.1 } as const;
const RHYTHM = { parts: 16, leastDeviation: 0.01 } as const;
/** Mel bands that are looked at: those under 10 kHz, which every usual sample rate and encoder leaves as they are. */
const TIMBRE_BANDS = 35;
/** Mel bands count down to so far below the loudest moment of any. */
const DEPTH_DB = 60;

/** One side of what bars sound like. */
export interface BarView {
  readonly dimensions: number;
  /** [bars][dimensions] deviation from the track's mean, in standard deviations */
  readonly values: Float32Array;
}

/** What each bar sounds like, and how loud it is. */
export interface BarFeatures {
  readonly bars: number;
  /** Timbre, harmony and rhythm. */
  readonly views: readonly BarView[];
  /** [bars] mean square of the mono signal */
  readonly power: Float64Array;
  /** [bars] mean square below 150 Hz: kick and bass */
  readonly lowPower: Float64Array;
  /** [bars] mean level over the mel bands in dB: how many instruments fill the spectrum, whatever the loudest one is */
  readonly fullness: Float64Array;
  /** [bars] onset strength of all bands, in nepers a second */
  readonly activity: Float64Array;
}

/**
 * What happens in the course of each bar: mel bands in dB over eight parts of it, the compressed level of each pitch class
 * over four, the onset strength of three ranges over sixteen; every dimension scaled to its deviation over the track.
 * @param starts start of each bar in seconds, and the end of the last
 * Source: bars as vectors after A. Marmoret, J. E. Cohen and F. Bimbot, "Barwise music structure analysis with the
 * correlation block-matching segmentation algorithm", TISMIR 6 (2023).
 */
export function barFeatures(features: Features, spectra: SemitoneSums, starts: readonly number[]): BarFeatures {
  const bars = starts.length - 1;
  const { bandOnsets, bandEnergies, frames, frameRate } = features;
  const timbre = timbreOf(features, starts);
  const meanOf = (curve: (frame: number) => number) => {
    const means = new Float64Array(bars);
    eachShare(starts, 1, frameRate, frames, -0.5, (bar, _, frame, share) => {
      means[bar] = means[bar]! + share * curve(frame);
    });
    return means;
  };
  const { low, mid, high } = bandEnergies;
  return {
    bars,
    fullness: fullnessOf(timbre, bars),
    power: meanOf((frame) => low[frame]! + mid[frame]! + high[frame]!),
    lowPower: meanOf((frame) => low[frame]!),
    activity: meanOf((frame) => frameRate * features.onset[frame]!),
    views: [
      standardised(timbre, bars, TIMBRE.leastDeviation),
      standardised(harmonyOf(spectra, starts), bars, HARMONY.leastDeviation),
      standardised(rhythmOf(bandOnsets, frameRate, frames, starts), bars, RHYTHM.leastDeviation),
    ],
  };
}

function timbreOf({ melBands, melFrames, melFrameRate }: Features, starts: readonly number[]): Float32Array {
  const rows = new Float32Array((starts.length - 1) * TIMBRE.parts * TIMBRE_BANDS);
  let loudest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < melFrames.length; i++) loudest = Math.max(loudest, melFrames[i]!);
  const least = loudest - DEPTH_DB;
  eachShare(starts, TIMBRE.parts, melFrameRate, melFrames.length / melBands, -0.125, (bar, part, frame, share) => {
    const at = (bar * TIMBRE.parts + part) * TIMBRE_BANDS;
    for (let band = 0; band < TIMBRE_BANDS; band++) {
      rows[at + band] = rows[at + band]! + share * Math.max(least, melFrames[frame * melBands + band]!);
    }
  });
  return rows;
}

function harmonyOf({ sums, semitones, frames, frameRate }: SemitoneSums, starts: readonly number[]): Float32Array {
  const rows = new Float32Array((starts.length - 1) * HARMONY.parts * PITCH_CLASSES);
  eachShare(starts, HARMONY.parts, frameRate, frames, -0.5, (bar, part, frame, share) => {
    const at = (bar * HARMONY.parts + part) * PITCH_CLASSES;
    for (let s = 0; s < semitones; s++) {
      const level = share * (sums[(frame + 1) * semitones + s]! - sums[frame * semitones + s]!);
      rows[at + (s % PITCH_CLASSES)] = rows[at + (s % PITCH_CLASSES)]! + level;
    }
  });
  return rows;
}

function rhythmOf(
  { low, mid, high }: Features['bandOnsets'],
  frameRate: number,
  frames: number,
  starts: readonly number[],
): Float32Array {
  const rows = new Float32Array((starts.length - 1) * RHYTHM.parts * 3);
  eachShare(starts, RHYTHM.parts, frameRate, frames, -0.5, (bar, part, frame, share) => {
    const at = (bar * RHYTHM.parts + part) * 3;
    rows[at] = rows[at]! + share * low[frame]!;
    rows[at + 1] = rows[at + 1]! + share * mid[frame]!;
    rows[at + 2] = rows[at + 2]! + share * high[frame]!;
  });
  return rows;
}

/**
 * Calls for each frame of each part of each bar with the share of the part that it covers; the shares sum to 1. Frames at
 * an edge count for what they cover of the part, so that a grid a little later gives a little other means.
 * @param origin where frame 0 begins, in frames
 */
function eachShare(
  starts: readonly number[],
  parts: number,
  rate: number,
  count: number,
  origin: number,
  visit: (bar: number, part: number, frame: number, share: number) => void,
): void {
  for (let bar = 0; bar + 1 < starts.length; bar++) {
    const from = starts[bar]! * rate - origin;
    const step = ((starts[bar + 1]! - starts[bar]!) * rate) / parts;
    for (let part = 0; part < parts; part++) {
      const start = Math.max(0, Math.min(count - 1, from + part * step));
      const end = Math.max(start + 1e-6, Math.min(count, from + (part + 1) * step));
      for (let frame = Math.floor(start); frame < end; frame++) {
        visit(bar, part, frame, (Math.min(end, frame + 1) - Math.max(start, frame)) / (end - start));
      }
    }
  }
}

function fullnessOf(timbre: Float32Array, bars: number): Float64Array {
  const dimensions = timbre.length / bars;
  const fullness = new Float64Array(bars);
  for (let bar = 0; bar < bars; bar++) {
    for (let d = 0; d < dimensions; d++) fullness[bar] = fullness[bar]! + timbre[bar * dimensions + d]! / dimensions;
  }
  return fullness;
}

function standardised(rows: Float32Array, bars: number, leastDeviation: number): BarView {
  const dimensions = rows.length / bars;
  for (let d = 0; d < dimensions; d++) {
    let sum = 0;
    let squares = 0;
    for (let bar = 0; bar < bars; bar++) {
      const value = rows[bar * dimensions + d]!;
      sum += value;
      squares += value * value;
    }
    const mean = sum / bars;
    const deviation = Math.sqrt(Math.max(0, squares / bars - mean * mean));
    const scale = 1 / Math.max(deviation, leastDeviation);
    for (let bar = 0; bar < bars; bar++) rows[bar * dimensions + d] = (rows[bar * dimensions + d]! - mean) * scale;
  }
  return { dimensions, values: rows };
}
