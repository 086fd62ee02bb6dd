/**
 * Where the loudness of music lies, as it is taken here: that of the bass evenly over the octaves of the first pair, all other
 * evenly over those of the second (music falls by about 3 dB an octave, as pink noise, all of whose octaves have the same power).
 */
const BASS_HZ = [40, 200] as const;
const REST_HZ = [200, 8000] as const;
/** Tones that stand for a band. */
const TONES = 12;

function tonesOf([from, to]: readonly [number, number]): readonly number[] {
  return Array.from({ length: TONES }, (_, i) => from * (to / from) ** ((i + 0.5) / TONES));
}

/** Hz. */
export const BASS_TONES = tonesOf(BASS_HZ);
export const REST_TONES = tonesOf(REST_HZ);

/** The mean of what is left of each tone's power. */
export function meanLeft(tones: readonly number[], left: (hertz: number) => number): number {
  return tones.reduce((sum, hertz) => sum + left(hertz), 0) / tones.length;
}

/**
 * About what is left of the power of music when each of its tones keeps a share of its own.
 * @param lowShare of the power that is bass
 */
export function powerLeftOf(lowShare: number, left: (hertz: number) => number): number {
  return lowShare * meanLeft(BASS_TONES, left) + (1 - lowShare) * meanLeft(REST_TONES, left);
}
