import type { Features, Kernels } from '@tutti/dsp';
import { type Pitch, PitchClasses } from './pitch-classes.ts';

/** Bass notes lie around Eb2; their overtones do not count. */
const BASS = { centreHz: 77.8, spreadOctaves: 2 / 3, partials: 1, partialDecay: 1 };
/** The first beats of a phrase are listened to for this long. */
const SPAN_SECONDS = 1;

/**
 * What the bass plays when phrases begin: mean level of each pitch class from C to B in the low register.
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
  const classes = new PitchClasses(kernels, pitch, BASS);
  const bass = new Array<number>(12).fill(0);
  for (const start of phrases) {
    const first = Math.max(0, Math.round(start * pitchFrameRate));
    const end = Math.min(frames, Math.round((start + SPAN_SECONDS) * pitchFrameRate));
    for (let frame = first; frame < end; frame++) {
      const levels = classes.of(pitchFrames.subarray(frame * pitchBins, (frame + 1) * pitchBins));
      const sum = levels.reduce((a, b) => a + b, 0);
      if (sum === 0) continue;
      // Every frame counts alike, however loud.
      for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
        bass[pitchClass] = bass[pitchClass]! + levels[pitchClass]! / sum;
      }
    }
  }
  const total = bass.reduce((a, b) => a + b, 0);
  return total > 0 ? bass.map((level) => level / total) : bass;
}
