import {
  CEPSTRAL_COEFFICIENTS,
  CONTRAST_BANDS,
  cepstra,
  columnStatistics,
  type Features,
  type Kernels,
  TIMBRE_COLUMNS,
  TIMBRE_VALUES,
} from '@tutti/dsp';
import type { TimbreAnalysis } from '../track-analysis.ts';
import { audibleFrames, audibleSpan } from './audible-frames.ts';
import { danceability } from './danceability.ts';
import { dissonanceCurve, FRAMES_APART } from './dissonance.ts';
import { countOnsets } from './onset-count.ts';
import type { Statistic } from './statistics.ts';
import { stereoImage, stereoSums } from './stereo-image.ts';

/** Short frames that make a frame of mel bands, of timbre, and of pitch with every fourth of those looked at. */
const SHORT_PER_MEL = 4;
const SHORT_PER_TIMBRE = 8;
const SHORT_PER_DISSONANCE = 8 * FRAMES_APART;
/** Step of the curve. */
export const CURVE_SECONDS = 0.5;

/**
 * What a track sounds like. All but the stereo image are statistics over the frames in which something is heard; none but
 * the first cepstral coefficient changes with gain, as long as the loud bands of a frame stay 60 dB over the floor of the
 * mel bands (-150 dB) and what is heard stays over -90 dB.
 * @param kernels lend memory for the time of the call
 * @param hasPulse whether a tempo was found
 * @returns nulls for silence
 */
export function analyseTimbre(kernels: Kernels, features: Features, hasPulse: boolean): TimbreAnalysis {
  const { bandEnergies, timbreFrames, melFrames, melBands, onset, frameRate } = features;
  const frames = audibleFrames(bandEnergies, SHORT_PER_TIMBRE);
  const statisticsOf = (values: Float32Array, width: number, rows: Int32Array) => {
    const statistics = columnStatistics(kernels, values, width, rows);
    return (column: number): Statistic | null =>
      statistics && { mean: statistics.means[column]!, deviation: statistics.deviations[column]! };
  };
  const timbre = statisticsOf(timbreFrames, TIMBRE_VALUES, frames);
  const contrast = Array.from({ length: CONTRAST_BANDS }, (_, band) => timbre(TIMBRE_COLUMNS.contrast + band));
  const melRows = audibleFrames(bandEnergies, SHORT_PER_MEL);
  const cepstrum = statisticsOf(cepstra(kernels, melFrames, melBands), CEPSTRAL_COEFFICIENTS, melRows);
  // Silence before and behind is no part of the rhythm.
  const heardOnsets = onset.subarray(...audibleSpan(bandEnergies));
  const roughRows = audibleFrames(bandEnergies, SHORT_PER_DISSONANCE);
  return {
    centroidHz: timbre(TIMBRE_COLUMNS.centroid),
    spreadHz: timbre(TIMBRE_COLUMNS.spread),
    rolloffHz: timbre(TIMBRE_COLUMNS.rolloff),
    flatness: timbre(TIMBRE_COLUMNS.flatness),
    contrastDb: series(contrast),
    mfcc: series(Array.from({ length: CEPSTRAL_COEFFICIENTS }, (_, coefficient) => cepstrum(coefficient))),
    zeroCrossingsPerSecond: timbre(TIMBRE_COLUMNS.zeroCrossings),
    onsetsPerSecond: heardOnsets.length > 0 ? countOnsets(heardOnsets) / (heardOnsets.length / frameRate) : null,
    dissonance: statisticsOf(dissonanceCurve(kernels, features), 1, roughRows)(0),
    stereo: stereoImage(stereoSums(features)),
    danceability: danceability(heardOnsets, frameRate, hasPulse),
    curve: { hopSeconds: CURVE_SECONDS, centroidHz: centroidCurve(features, frames) },
  };
}

/** Of how many frames, or of what, the parts of an analysis of timbre are the mean: their weights beside another stretch's. */
export interface TimbreWeights {
  /** Frames of the spectrum, of mel bands and of dissonance in which something is heard. */
  readonly spectrum: number;
  readonly mel: number;
  readonly dissonance: number;
  /** Short frames from the first to the last in which something is heard. */
  readonly span: number;
}

export function timbreWeights({ bandEnergies }: Features): TimbreWeights {
  const heard = (short: number) => audibleFrames(bandEnergies, short).length;
  const [from, to] = audibleSpan(bandEnergies);
  return {
    spectrum: heard(SHORT_PER_TIMBRE),
    mel: heard(SHORT_PER_MEL),
    dissonance: heard(SHORT_PER_DISSONANCE),
    span: to - from,
  };
}

/** Statistics one after the other as two lists; null when there are none. */
function series(statistics: readonly (Statistic | null)[]): TimbreAnalysis['mfcc'] {
  const known = statistics.filter((statistic) => statistic !== null);
  if (known.length < statistics.length) return null;
  return { mean: known.map(({ mean }) => mean), deviation: known.map(({ deviation }) => deviation) };
}

/** Mean centroid of every half second begun, in whole Hz; null where nothing is heard. */
function centroidCurve({ timbreFrames, timbreFrameRate, frames, frameRate }: Features, audible: Int32Array) {
  const count = frames > 0 ? Math.floor((frames - 1) / (CURVE_SECONDS * frameRate)) + 1 : 0;
  const sums = new Float64Array(count);
  const counts = new Float64Array(count);
  for (const frame of audible) {
    const place = Math.min(count - 1, Math.floor(frame / timbreFrameRate / CURVE_SECONDS));
    sums[place] = sums[place]! + timbreFrames[frame * TIMBRE_VALUES + TIMBRE_COLUMNS.centroid]!;
    counts[place] = counts[place]! + 1;
  }
  return Array.from(sums, (sum, i) => (counts[i]! > 0 ? Math.round(sum / counts[i]!) : null));
}
