import type { Features } from '@tutti/dsp';
import { LOWEST_PITCH_CLASS, NoteLevels, SEMITONES } from './note-levels.ts';

/** Bass notes lie around this semitone above A1 (55 Hz), with this deviation. */
const CENTRE_SEMITONE = 6;
const SPREAD_SEMITONES = 8;
/** The first beats of a phrase are listened to for this long. */
const SPAN_SECONDS = 1;

/**
 * What the bass plays when phrases begin: mean level of each pitch class from C to B in the low register.
 * @param phrases starts of the phrases in seconds
 * @param offsetSemitones tuning, -0.5 to 0.5
 * @returns shares that sum to 1; all 0 when there are no phrases, or no bass
 */
export function phraseBass(
  { pitchFrames, pitchBins, pitchFrameRate }: Features,
  phrases: readonly number[],
  offsetSemitones: number,
): number[] {
  const frames = Math.floor(pitchFrames.length / pitchBins);
  const levels = new NoteLevels(pitchBins, offsetSemitones);
  const weights = Float64Array.from({ length: SEMITONES }, (_, s) =>
    Math.exp(-0.5 * ((s - CENTRE_SEMITONE) / SPREAD_SEMITONES) ** 2),
  );
  const bass = new Array<number>(12).fill(0);
  for (const start of phrases) {
    const first = Math.max(0, Math.round(start * pitchFrameRate));
    const end = Math.min(frames, Math.round((start + SPAN_SECONDS) * pitchFrameRate));
    for (let frame = first; frame < end; frame++) {
      const notes = levels.of(pitchFrames, frame * pitchBins);
      const sum = notes.reduce((total, level, s) => total + weights[s]! * level, 0);
      if (sum === 0) continue;
      // Every frame counts alike, however loud.
      for (let s = 0; s < SEMITONES; s++) {
        const pitchClass = (s + LOWEST_PITCH_CLASS) % 12;
        bass[pitchClass] = bass[pitchClass]! + (weights[s]! * notes[s]!) / sum;
      }
    }
  }
  const total = bass.reduce((a, b) => a + b, 0);
  return total > 0 ? bass.map((level) => level / total) : bass;
}
