import type { Features, Kernels } from '@tutti/dsp';
import { type Pitch, pitchClasses } from './pitch-classes.ts';

/** Bass notes lie around Eb2; their overtones do not count. */
const BASS = { centreHz: 77.8, spreadOctaves: 2 / 3, partials: 1, partialDecay: 1 };
/** The first beats of a phrase are listened to for this long. */
const SPAN_SECONDS = 1;

/**
 * What the bass plays when phrases begin: mean level of each pitch class from C to B in the low register.
 * @param kernels lend memory for the time of the call
 * @param phrases starts of the phrases in seconds
 * @returns shares that sum to 1; all 0 when there are no phrases, or no bass
 */
export function phraseBass(
  kernels: Kernels,
  { pitchFrames, pitchBins, pitchFrameRate }: Features,
  phrases: readonly number[],
  pitch: Pitch,
): number[] {
  const frames = Math.floor(pitchFrames.length / pitchBins);
  const starts = phrases.flatMap((start) => {
    const first = Math.max(0, Math.round(start * pitchFrameRate));
    const end = Math.min(frames, Math.round((start + SPAN_SECONDS) * pitchFrameRate));
    return first < end ? [pitchFrames.subarray(first * pitchBins, end * pitchBins)] : [];
  });
  const spectra = new Float32Array(starts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const start of starts) {
    spectra.set(start, filled);
    filled += start.length;
  }
  const levels = pitchClasses(kernels, spectra, pitch, BASS);
  const bass = new Array<number>(12).fill(0);
  for (let at = 0; at < levels.length; at += 12) {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += levels[at + i]!;
    // Every frame counts alike, however loud.
    if (sum > 0) for (let i = 0; i < 12; i++) bass[i] = bass[i]! + levels[at + i]! / sum;
  }
  const total = bass.reduce((a, b) => a + b, 0);
  return total > 0 ? bass.map((level) => level / total) : bass;
}
