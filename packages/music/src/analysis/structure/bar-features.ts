import type { Features } from '@tutti/dsp';
import type { SemitoneSums } from '../semitone-sums.ts';

/** Pitch classes count this much beside the mel bands: they are fewer, and instruments mark sections more than chords. */
const HARMONY_WEIGHT = 0.5;
const PITCH_CLASSES = 12;

/** What each bar sounds like, and how loud it is. */
export interface BarFeatures {
  readonly bars: number;
  readonly dimensions: number;
  /** [bars][dimensions] in standard deviations of the track */
  readonly values: Float32Array;
  /** [bars] mean square of the mono signal */
  readonly power: Float64Array;
  /** [bars] mean level over the mel bands in dB: how many instruments fill the spectrum, whatever the loudest one is */
  readonly fullness: Float64Array;
}

/**
 * Means over each bar of the mel bands in dB and of the compressed level of each pitch class, every dimension scaled to
 * its deviation over the track.
 * @param starts start of each bar in seconds, and the end of the last
 */
export function barFeatures(features: Features, spectra: SemitoneSums, starts: readonly number[]): BarFeatures {
  const { melBands, melFrames, melFrameRate, bandEnergies, frameRate } = features;
  const bars = starts.length - 1;
  const dimensions = melBands + PITCH_CLASSES;
  const values = new Float32Array(bars * dimensions);
  const power = new Float64Array(bars);
  const fullness = new Float64Array(bars);
  const melCount = melFrames.length / melBands;
  for (let bar = 0; bar < bars; bar++) {
    const [start, end] = [starts[bar]!, starts[bar + 1]!];
    const row = values.subarray(bar * dimensions, (bar + 1) * dimensions);
    const [firstMel, endMel] = span(start, end, melFrameRate, melCount);
    for (let frame = firstMel; frame < endMel; frame++) {
      for (let band = 0; band < melBands; band++) {
        row[band] = row[band]! + melFrames[frame * melBands + band]! / (endMel - firstMel);
      }
    }
    fullness[bar] = row.subarray(0, melBands).reduce((sum, level) => sum + level, 0) / melBands;
    const [first, stop] = span(start, end, spectra.frameRate, spectra.frames);
    for (let s = 0; s < spectra.semitones; s++) {
      const { sums, semitones } = spectra;
      const level = (sums[stop * semitones + s]! - sums[first * semitones + s]!) / (stop - first);
      row[melBands + (s % PITCH_CLASSES)] = row[melBands + (s % PITCH_CLASSES)]! + level;
    }
    const [from, to] = span(start, end, frameRate, features.frames);
    for (let i = from; i < to; i++) {
      power[bar] = power[bar]! + (bandEnergies.low[i]! + bandEnergies.mid[i]! + bandEnergies.high[i]!) / (to - from);
    }
  }
  standardise(values, bars, dimensions, melBands);
  return { bars, dimensions, values, power, fullness };
}

/** Frames between two times, at least one. */
function span(start: number, end: number, rate: number, count: number): [number, number] {
  const first = Math.max(0, Math.min(count - 1, Math.round(start * rate)));
  return [first, Math.max(first + 1, Math.min(count, Math.round(end * rate)))];
}

function standardise(values: Float32Array, rows: number, columns: number, melBands: number): void {
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row * columns + column]!;
      sum += value;
      squares += value * value;
    }
    const mean = sum / rows;
    const deviation = Math.sqrt(Math.max(0, squares / rows - mean * mean));
    // A band that hardly moves says nothing: at least one decibel counts as a deviation.
    const weight = column < melBands ? 1 / Math.max(deviation, 1) : HARMONY_WEIGHT / Math.max(deviation, 0.1);
    for (let row = 0; row < rows; row++) {
      values[row * columns + column] = (values[row * columns + column]! - mean) * weight;
    }
  }
}
