import { OCTAVES } from '../analysis/loudness/loud-shares.ts';

/**
 * Where the loudness of music lies, as it is taken here: in the bass evenly over its octaves, above it in octaves from 200 Hz up, evenly
 * within each (music falls by about 3 dB an octave, as pink noise, all of whose octaves have the same power).
 */
export interface LoudSpectrum {
  /** Share of the power that is bass, 0 to 1. */
  readonly lowShare: number;
  /** What each octave from 200 Hz up has of all other power; they come to 1. */
  readonly octaves: readonly number[];
}

const BASS_HZ = [40, 200] as const;
const BASS_TONES = 12;
const OCTAVE_TONES = 4;
/** Music of which nothing is known has nothing to speak of above. */
const HIGHEST_HZ = 8000;

function tonesOf(from: number, to: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from * (to / from) ** ((i + 0.5) / count));
}

/** Tones in Hz that stand for the bass, and for each octave above it. */
export const BAND_TONES: readonly (readonly number[])[] = [
  tonesOf(BASS_HZ[0], BASS_HZ[1], BASS_TONES),
  ...Array.from({ length: OCTAVES }, (_, octave) => {
    const from = BASS_HZ[1] * 2 ** octave;
    return tonesOf(from, 2 * from, OCTAVE_TONES);
  }),
];

/** Octaves of music of which nothing is known: evenly filled up to 8 kHz. */
export const EVEN_OCTAVES: readonly number[] = evenOctaves();

function evenOctaves(): number[] {
  const all = Math.log2(HIGHEST_HZ / BASS_HZ[1]);
  return Array.from({ length: OCTAVES }, (_, octave) => Math.min(1, Math.max(0, all - octave)) / all);
}

/** The share of each band of BAND_TONES in all power. */
export function bandShares({ lowShare, octaves }: LoudSpectrum): number[] {
  return [lowShare, ...octaves.map((share) => (1 - lowShare) * share)];
}

/** The mean of what is left of each tone's power. */
export function meanLeft(tones: readonly number[], left: (hertz: number) => number): number {
  return tones.reduce((sum, hertz) => sum + left(hertz), 0) / tones.length;
}

/** About what is left of the power of music when each of its tones keeps a share of its own. */
export function powerLeftOf(spectrum: LoudSpectrum, left: (hertz: number) => number): number {
  return bandShares(spectrum).reduce(
    (sum, share, band) => (share > 0 ? sum + share * meanLeft(BAND_TONES[band]!, left) : sum),
    0,
  );
}
