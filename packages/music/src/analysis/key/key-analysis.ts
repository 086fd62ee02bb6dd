import type { Features, Kernels } from '@tutti/dsp';
import { ALL_KEYS, camelotOf, type Key, openKeyOf, tonicOf } from '../../theory/key.ts';
import type { KeyAnalysis } from '../track-analysis.ts';
import { chromaOf } from './chroma.ts';
import { KEY_PROFILES } from './key-profiles.ts';
import { phraseBass } from './phrase-bass.ts';
import { pitchBlocks } from './pitch-blocks.ts';
import { tuningOf } from './tuning.ts';

/** Partials that agree less than this on a tuning are those of drums, noise or speech. */
const LEAST_AGREEMENT = 0.12;
/** The best key must fit at least this well. Drums reach 0.37 and speech 0.45; pieces with a key start at 0.67. */
const LEAST_CORRELATION = 0.5;
/** Pitch classes it takes to tell a key: two notes reach 3.4 in this count (partials count too), a bare triad 3.7. */
const FEWEST_PITCH_CLASSES = 3.5;
/**
 * Where the tonic is to be expected. With phrases, at their starts: what its share of the bass there counts, in units of
 * correlation. Without, in the opening of the piece, which is in its main key: it counts this much more than the rest.
 */
const PHRASE_BASS_WEIGHT = 0.15;
const OPENING_SECONDS = 8;
const OPENING_WEIGHT = 0.3;
/** Log-odds per unit of correlation, such that confidence agrees with the share of right keys on the development corpus. */
const SHARPNESS = 17;
/** Natural minor has the notes of its relative major: it must fit better by this much to be believed. */
const NATURAL_MINOR_BIAS = 0.01;
const MOST_CANDIDATES = 5;

/** What is said where there is none. */
export const NO_KEY: KeyAnalysis = {
  tonic: null,
  mode: null,
  camelot: null,
  openKey: null,
  confidence: 0,
  tuningHz: null,
  candidates: [],
};

/**
 * Key and tuning of a track.
 * Stages: pitch spectra in blocks of 0.6 s -> tuning -> pitch class profiles -> mean -> correlation with the profiles of
 * the 24 keys (Krumhansl 1990) -> what speaks for a tonic -> probabilities.
 * @param kernels lend memory for the time of the call
 * @param phrases starts in seconds, where they are to be relied on: in music at a steady tempo; else empty
 * @returns nulls for silence, noise, drums and speech
 */
export function analyseKey(kernels: Kernels, features: Features, phrases: readonly number[]): KeyAnalysis {
  const mark = kernels.mark();
  try {
    return keyOf(kernels, features, phrases);
  } finally {
    kernels.release(mark);
  }
}

function keyOf(kernels: Kernels, features: Features, phrases: readonly number[]): KeyAnalysis {
  const pitch = pitchBlocks(features);
  const tuning = tuningOf(pitch);
  if (!tuning || tuning.agreement < LEAST_AGREEMENT) return NO_KEY;
  const tuningHz = 440 * 2 ** (tuning.offsetSemitones / 12);
  const chroma = chromaOf(kernels, pitch, tuningHz);
  const whole = unit(meanChroma(chroma, 0, pitch.blocks));
  // For a profile of length 1 the square of its sum is 1 for a single pitch class and 12 for twelve equal ones.
  if (whole.reduce((sum, value) => sum + value, 0) ** 2 < FEWEST_PITCH_CLASSES) return { ...NO_KEY, tuningHz };
  const openingWeight = phrases.length > 0 ? 0 : OPENING_WEIGHT;
  const opening = unit(meanChroma(chroma, 0, Math.round(OPENING_SECONDS / pitch.blockSeconds)));
  const profile = whole.map((value, i) => value + openingWeight * opening[i]!);
  const bass = phraseBass(kernels, features, phrases, tuningHz);
  const fits = ALL_KEYS.map((key) => ({
    key,
    fit: fitOf(profile, key) + PHRASE_BASS_WEIGHT * bass[tonicOf(key)]!,
  })).sort((a, b) => b.fit - a.fit);
  const best = fits[0]!;
  if (!(best.fit >= LEAST_CORRELATION)) return { ...NO_KEY, tuningHz };
  const weights = fits.map(({ fit }) => Math.exp(SHARPNESS * (fit - best.fit)));
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    tonic: best.key.tonic,
    mode: best.key.mode,
    camelot: camelotOf(best.key),
    openKey: openKeyOf(best.key),
    confidence: 1 / total,
    tuningHz,
    candidates: fits.slice(0, MOST_CANDIDATES).map(({ key }, i) => ({ ...key, weight: weights[i]! / total })),
  };
}

function meanChroma(chroma: Float32Array, from: number, to: number): number[] {
  const sum = new Array<number>(12).fill(0);
  for (let i = from * 12; i < Math.min(chroma.length, to * 12); i++) sum[i % 12] = sum[i % 12]! + chroma[i]!;
  return sum;
}

function unit(values: number[]): number[] {
  const length = Math.hypot(...values);
  return length > 0 ? values.map((value) => value / length) : values;
}

/** How well a pitch class profile fits a key; minor is tried in its harmonic and in its natural form. */
function fitOf(profile: readonly number[], key: Key): number {
  const tonic = tonicOf(key);
  if (key.mode === 'major') return correlate(profile, KEY_PROFILES.major, tonic);
  const natural = correlate(profile, KEY_PROFILES.naturalMinor, tonic) - NATURAL_MINOR_BIAS;
  return Math.max(correlate(profile, KEY_PROFILES.minor, tonic), natural);
}

/** Pearson's correlation of a pitch class profile with that of a key on `tonic`; 0 when the profile is flat. */
function correlate(profile: readonly number[], expected: readonly number[], tonic: number): number {
  const mean = profile.reduce((a, b) => a + b, 0) / 12;
  const expectedMean = expected.reduce((a, b) => a + b, 0) / 12;
  let product = 0;
  let square = 0;
  let expectedSquare = 0;
  for (let degree = 0; degree < 12; degree++) {
    const a = profile[(tonic + degree) % 12]! - mean;
    const b = expected[degree]! - expectedMean;
    product += a * b;
    square += a * a;
    expectedSquare += b * b;
  }
  return square > 1e-12 ? product / Math.sqrt(square * expectedSquare) : 0;
}
