import type { MasterMeasurement } from '../measurement-schema.ts';

/** Hz. The curves are laid over each other by what lies between these. */
const ALIGN_FROM_HZ = 100;
const ALIGN_TO_HZ = 8000;
/** Hz. What lies beyond is no matter of balance. */
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16_000;
/** Up to this distance a band is out of balance, dB; from twice that on, it is not part of the music: nothing is to be mended. */
const FAR_DB = 10;

/** A band this far under the loudest one is not heard beside it: what is in it may be the flank of a neighbour, dB. */
const UNHEARD_DB = 40;
/** Fewest bands between 100 Hz and 8 kHz (of 20) that make a balance: fewer are a few tones. */
const LEAST_BANDS = 8;

/** How far a third octave is from where it is wanted. */
export interface BandDeviation {
  readonly frequencyHz: number;
  /** dB; above 0 it is too loud */
  readonly deviationDb: number;
  /** 0 (does not count) to 1 */
  readonly weight: number;
}

/**
 * Lays a song's balance over the wanted one, so that half of the bands between 100 Hz and 8 kHz are above it, and says how
 * far each band is away. A solo instrument has bands with next to nothing in them; these do not count.
 * @param wanted dB at a frequency, up to a constant
 * @returns empty where there are too few bands with sound in them to speak of a balance
 */
export function balanceAgainst(
  bands: MasterMeasurement['bands'],
  wanted: (frequencyHz: number) => number,
): BandDeviation[] {
  const loudest = Math.max(...bands.map(({ levelDb }) => levelDb ?? Number.NEGATIVE_INFINITY));
  const heard = bands.flatMap(({ frequencyHz, levelDb }) =>
    levelDb === null || levelDb < loudest - UNHEARD_DB || frequencyHz < LOWEST_HZ || frequencyHz > HIGHEST_HZ
      ? []
      : [{ frequencyHz, differenceDb: levelDb - wanted(frequencyHz) }],
  );
  const middle = heard.filter(({ frequencyHz }) => frequencyHz >= ALIGN_FROM_HZ && frequencyHz <= ALIGN_TO_HZ);
  if (middle.length < LEAST_BANDS) return [];
  const offset = upperMedian(middle.map(({ differenceDb }) => differenceDb));
  return heard.map(({ frequencyHz, differenceDb }) => {
    const deviationDb = differenceDb - offset;
    return { frequencyHz, deviationDb, weight: Math.min(1, Math.max(0, 2 - Math.abs(deviationDb) / FAR_DB)) };
  });
}

/** Root of the weighted mean square of the deviations, dB; 0 when nothing counts. */
export function balanceDistanceDb(deviations: readonly BandDeviation[]): number {
  const weight = deviations.reduce((sum, band) => sum + band.weight, 0);
  const squares = deviations.reduce((sum, band) => sum + band.weight * band.deviationDb ** 2, 0);
  return weight > 0 ? Math.sqrt(squares / weight) : 0;
}

/**
 * The median of the louder three quarters: bands that are nearly empty do not pull the curve down.
 */
function upperMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.slice(Math.floor(sorted.length / 4));
  return upper[Math.floor(upper.length / 2)]!;
}
