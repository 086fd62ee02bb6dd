import type { RhythmCurves } from './rhythm-curves.ts';

/** Onset strength, in units of its local root mean square, over which an onset is heard as one. */
const AUDIBLE_ONSET = 0.7;
/** Onsets nearer than this, in seconds, are heard as one. */
const FUSION_SECONDS = 0.05;

/** Onsets per second in the mean over a track. */
export function onsetRate({ all, frames, frameRate }: RhythmCurves): number {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 1; i + 1 < frames; i++) {
    const value = all[i]!;
    if (value <= AUDIBLE_ONSET || value < all[i - 1]! || value <= all[i + 1]!) continue;
    if (i - last < FUSION_SECONDS * frameRate) continue;
    count++;
    last = i;
  }
  return (count * frameRate) / Math.max(1, frames);
}
