import { type Features, foldedMeans, type Kernels, loudestLevel, spanMeans } from '@tutti/dsp';
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
 * @param kernels lend memory for the time of the call
 * @param starts start of each bar in seconds, and the end of the last
 * Source: bars as vectors after A. Marmoret, J. E. Cohen and F. Bimbot, "Barwise music structure analysis with the
 * correlation block-matching segmentation algorithm", TISMIR 6 (2023).
 */
export function barFeatures(
  kernels: Kernels,
  features: Features,
  spectra: SemitoneSums,
  starts: readonly number[],
): BarFeatures {
  const bars = starts.length - 1;
  const { bandOnsets, bandEnergies, onset, frames, frameRate } = features;
  const timbre = timbreOf(kernels, features, starts);
  const means = (curve: Float32Array, spans: Float64Array) =>
    spanMeans(kernels, { values: curve, stride: 1, width: 1 }, spans);
  const ofBars = spansOf(starts, 1, frameRate, frames, -0.5);
  const ofSixteenths = spansOf(starts, RHYTHM.parts, frameRate, frames, -0.5);
  const [low, mid, high] = [bandEnergies.low, bandEnergies.mid, bandEnergies.high].map((curve) => means(curve, ofBars));
  const onsets = [bandOnsets.low, bandOnsets.mid, bandOnsets.high].map((curve) => means(curve, ofSixteenths));
  const rhythm = new Float32Array((3 * ofSixteenths.length) / 2);
  for (let i = 0; i < rhythm.length; i++) rhythm[i] = onsets[i % 3]![Math.floor(i / 3)]!;
  return {
    bars,
    fullness: fullnessOf(timbre, bars),
    power: Float64Array.from(low!, (power, bar) => power + mid![bar]! + high![bar]!),
    lowPower: Float64Array.from(low!),
    activity: Float64Array.from(means(onset, ofBars), (strength) => frameRate * strength),
    views: [
      standardised(timbre, bars, TIMBRE.leastDeviation),
      standardised(harmonyOf(kernels, spectra, starts), bars, HARMONY.leastDeviation),
      standardised(rhythm, bars, RHYTHM.leastDeviation),
    ],
  };
}

function timbreOf(
  kernels: Kernels,
  { melBands, melFrames, melFrameRate }: Features,
  starts: readonly number[],
): Float32Array {
  const least = loudestLevel(kernels, melFrames) - DEPTH_DB;
  const rows = { values: melFrames, stride: melBands, width: TIMBRE_BANDS, least };
  return spanMeans(kernels, rows, spansOf(starts, TIMBRE.parts, melFrameRate, melFrames.length / melBands, -0.125));
}

/** Mean level of each pitch class over each part of each bar. */
function harmonyOf(kernels: Kernels, spectra: SemitoneSums, starts: readonly number[]): Float32Array {
  const { semitones, frames, frameRate, sums } = spectra;
  const spans = spansOf(starts, HARMONY.parts, frameRate, frames, -0.5);
  return Float32Array.from(foldedMeans(kernels, { frames, bins: semitones, sums }, PITCH_CLASSES, spans));
}

/**
 * Where each part of each bar begins and ends, in frames: as many values twice as there are parts.
 * @param origin where frame 0 begins, in frames
 */
function spansOf(starts: readonly number[], parts: number, rate: number, count: number, origin: number): Float64Array {
  const spans = new Float64Array(2 * parts * (starts.length - 1));
  for (let bar = 0; bar + 1 < starts.length; bar++) {
    const from = starts[bar]! * rate - origin;
    const step = ((starts[bar + 1]! - starts[bar]!) * rate) / parts;
    for (let part = 0; part < parts; part++) {
      const start = Math.max(0, Math.min(count - 1, from + part * step));
      const at = 2 * (bar * parts + part);
      spans[at] = start;
      spans[at + 1] = Math.max(start + 1e-6, Math.min(count, from + (part + 1) * step));
    }
  }
  return spans;
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
