import type { StageOf } from '../stage-schemas.ts';
import { bandHops, hopsWithSound, powerDb, quantile } from './band-hops.ts';
import type { PlanRequest } from './plan-request.ts';

/** Borders of the bands that are watched. */
const CROSSOVERS_HZ = [160, 3000] as const;
const NAMES = ['the bass', 'the middle', 'the treble'] as const;
/** A band misbehaves when its loudest moments stand further over its usual level than those of the whole do, by so much, dB. */
const EXCESS_DB = 6;
/** And when it is always there, and not a part that comes and goes: its usual level not further under that of the whole, dB. */
const PRESENT_DB = -12;
const USUAL = 0.75;
const LOUDEST = 0.99;
const RATIO = 2.5;

/** Holds one band in check that swells where the whole does not. */
export function decideMultiband({ song, filterRate }: PlanRequest): StageOf<'multiband'> | null {
  if (filterRate < 4 * CROSSOVERS_HZ[1]) return null;
  const { whole, sounding } = hopsWithSound(song.bands);
  if (sounding.length === 0) return null;
  const borders = [0, ...CROSSOVERS_HZ, song.sampleRate];
  const spread = (hops: Float64Array) => {
    const levels = sounding.map((hop) => powerDb(hops[hop]!));
    return { usual: quantile(levels, USUAL), loudest: quantile(levels, LOUDEST) };
  };
  const all = spread(whole);
  const bands = NAMES.map((name, i) => {
    const { usual, loudest } = spread(bandHops(song.bands, borders[i]!, borders[i + 1]!));
    return {
      name,
      usual,
      loudest,
      excess: loudest - usual - (all.loudest - all.usual),
      presence: usual - all.usual,
    };
  });
  const worst = bands.filter(({ presence }) => presence > PRESENT_DB).reduce((a, b) => (b.excess > a.excess ? b : a));
  if (worst.excess < EXCESS_DB) return null;
  // Peaks stand some dB over the mean of a tenth of a second; the threshold is what the band usually has.
  const thresholdDb = Math.min(0, Math.max(-80, Math.round(10 * (worst.usual + 3)) / 10));
  return {
    kind: 'multiband',
    crossoverHz: [...CROSSOVERS_HZ],
    bands: bands.map((band) =>
      band === worst
        ? { thresholdDb, ratio: RATIO, kneeDb: 6, attackSeconds: 0.01, releaseSeconds: 0.15, gainDb: 0 }
        : null,
    ),
    reason: `${worst.name} swells: its loudest moments stand ${(worst.loudest - worst.usual).toFixed(1)} dB over its usual level, those of the whole ${(all.loudest - all.usual).toFixed(1)} dB: compressed ${RATIO}:1 above ${thresholdDb.toFixed(1)} dB`,
  };
}
