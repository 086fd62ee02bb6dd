import type { Features, Kernels } from '@tutti/dsp';
import { chromaOf } from '../key/chroma.ts';
import { pitchBlocks } from '../key/pitch-blocks.ts';
import { audibleSpan } from '../timbre/audible-frames.ts';
import type { KeyAnalysis } from '../track-analysis.ts';

const CLASSES = 12;
/** Of one turn in as many steps; three quarters of a turn further they are sines. */
const COSINES = Float64Array.from({ length: CLASSES }, (_, i) => Math.cos((2 * Math.PI * i) / CLASSES));
/** Fourier coefficients of a pitch class profile that say something: the others mirror them. */
const COEFFICIENTS = 6;
const STATISTICS = 2 * COEFFICIENTS + 2;

/**
 * Harmony of a track, whatever its key: six magnitudes of the Fourier transform of its whole pitch class profile (what
 * scale it moves in), the mean of the same over blocks of 0.6 s (what chords it has), how much the harmony changes from
 * block to block, and its mode.
 * Transposition rotates a profile; magnitudes of its transform do not change by that. They say what its autocorrelation
 * says, which is how often each interval occurs.
 * Source: I. Quinn, "General equal-tempered harmony", Perspectives of New Music 44 (2006); J. Yust, "Schubert's harmonic
 * language and Fourier phase space", Journal of Music Theory 59 (2015).
 * @param kernels lend memory for the time of the call
 * @returns null for what is not known; all of it where nothing is pitched
 */
export function harmonyStatistics(kernels: Kernels, features: Features, key: KeyAnalysis): (number | null)[] {
  const nothing = new Array<null>(STATISTICS).fill(null);
  if (key.tuningHz === null) return nothing;
  const chroma = chromaOf(kernels, pitchBlocks(kernels, heardPart(features)), key.tuningHz);
  const whole = new Float64Array(CLASSES);
  const chords = new Float64Array(COEFFICIENTS);
  let heard = 0;
  let change = 0;
  for (let start = 0; start < chroma.length; start += CLASSES) {
    const block = chroma.subarray(start, start + CLASSES);
    const weight = block.reduce((sum, value) => sum + value, 0);
    if (weight <= 0) continue;
    heard += weight;
    for (let i = 0; i < CLASSES; i++) whole[i] = whole[i]! + block[i]!;
    magnitudes(block).forEach((value, k) => {
      chords[k] = chords[k]! + weight * value;
    });
    if (start > 0) change += weight * (1 - cosine(block, chroma.subarray(start - CLASSES, start)));
  }
  if (heard <= 0) return nothing;
  const mode = key.mode === null ? null : key.mode === 'major' ? 1 : 0;
  return [...magnitudes(whole), ...Array.from(chords, (sum) => sum / heard), change / heard, mode];
}

/** Without the silence before and behind, which is no change of harmony. */
function heardPart(features: Features): Features {
  const { pitchFrames, pitchBins, pitchFrameRate, frameRate, bandEnergies } = features;
  const [from, to] = audibleSpan(bandEnergies).map(
    (frame) => Math.round((frame * pitchFrameRate) / frameRate) * pitchBins,
  );
  return { ...features, pitchFrames: pitchFrames.subarray(from, to) };
}

/** Magnitudes 1 to 6 of the Fourier transform of a pitch class profile, over its sum: 0 (flat) to 1 (one class). */
function magnitudes(profile: ArrayLike<number>): number[] {
  let sum = 0;
  for (let i = 0; i < CLASSES; i++) sum += profile[i]!;
  return Array.from({ length: COEFFICIENTS }, (_, k) => {
    let re = 0;
    let im = 0;
    for (let i = 0; i < CLASSES; i++) {
      re += profile[i]! * COSINES[((k + 1) * i) % CLASSES]!;
      im += profile[i]! * COSINES[((k + 1) * i + (3 * CLASSES) / 4) % CLASSES]!;
    }
    return Math.hypot(re, im) / sum;
  });
}

function cosine(a: Float32Array, b: Float32Array): number {
  let product = 0;
  for (let i = 0; i < CLASSES; i++) product += a[i]! * b[i]!;
  const lengths = Math.hypot(...a) * Math.hypot(...b);
  return lengths > 0 ? product / lengths : 0;
}
