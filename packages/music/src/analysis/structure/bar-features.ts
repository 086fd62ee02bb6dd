import type { Features } from '@tutti/dsp';
import type { SemitoneSums } from '../semitone-sums.ts';

const PITCH_CLASSES = 12;
/**
 * Into how many parts of equal length a bar is cut: chords change at most every beat of four, sounds every half of one,
 * drums play sixteenths. The deviation below which a dimension says nothing of a track: 1 dB, 0.1 of ln(1 + 1000 amplitude),
 * and a hundredth of a neper of onset strength.
 */
const TIMBRE = { parts: 8, leastDeviation: 1 } as const;
const HARMONY = { parts: 4, leastDeviation: 0.1 } as const;
const RHYTHM = { parts: 16, leastDeviation: 0.01 } as const;

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
    eachSpan(starts, 1, frameRate, frames, (bar, _, first, end) => {
      for (let frame = first; frame < end; frame++) means[bar] = means[bar]! + curve(frame) / (end - first);
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
  const rows = new Float32Array((starts.length - 1) * TIMBRE.parts * melBands);
  eachSpan(starts, TIMBRE.parts, melFrameRate, melFrames.length / melBands, (bar, part, first, end) => {
    const at = (bar * TIMBRE.parts + part) * melBands;
    for (let frame = first; frame < end; frame++) {
      for (let band = 0; band < melBands; band++) {
        rows[at + band] = rows[at + band]! + melFrames[frame * melBands + band]! / (end - first);
      }
    }
  });
  return rows;
}

function harmonyOf({ sums, semitones, frames, frameRate }: SemitoneSums, starts: readonly number[]): Float32Array {
  const rows = new Float32Array((starts.length - 1) * HARMONY.parts * PITCH_CLASSES);
  eachSpan(starts, HARMONY.parts, frameRate, frames, (bar, part, first, end) => {
    const at = (bar * HARMONY.parts + part) * PITCH_CLASSES;
    for (let s = 0; s < semitones; s++) {
      const level = (sums[end * semitones + s]! - sums[first * semitones + s]!) / (end - first);
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
  eachSpan(starts, RHYTHM.parts, frameRate, frames, (bar, part, first, end) => {
    const at = (bar * RHYTHM.parts + part) * 3;
    [low, mid, high].forEach((curve, i) => {
      let sum = 0;
      for (let frame = first; frame < end; frame++) sum += curve[frame]!;
      rows[at + i] = sum / (end - first);
    });
  });
  return rows;
}

/** Calls for each part of each bar with the frames in it, at least one. */
function eachSpan(
  starts: readonly number[],
  parts: number,
  rate: number,
  count: number,
  visit: (bar: number, part: number, first: number, end: number) => void,
): void {
  for (let bar = 0; bar + 1 < starts.length; bar++) {
    const from = starts[bar]! * rate;
    const length = (starts[bar + 1]! - starts[bar]!) * rate;
    for (let part = 0; part < parts; part++) {
      const first = Math.max(0, Math.min(count - 1, Math.round(from + (part / parts) * length)));
      const end = Math.max(first + 1, Math.min(count, Math.round(from + ((part + 1) / parts) * length)));
      visit(bar, part, first, end);
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
