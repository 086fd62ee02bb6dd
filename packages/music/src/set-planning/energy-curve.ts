import type { TrackFeatures } from './features.ts';
import type { EnergyShape } from './set-plan.ts';

/** Where the peak of a `peak` set lies, and how far it comes down again. */
const PEAK_AT = 0.7;
const PEAK_END = 0.4;
const WAVES = 2;

/** Height of each shape over the set, both 0 to 1. */
const HEIGHTS: Readonly<Record<EnergyShape, (fraction: number) => number>> = {
  rise: (fraction) => fraction,
  fall: (fraction) => 1 - fraction,
  peak: (fraction) =>
    fraction < PEAK_AT ? fraction / PEAK_AT : 1 - ((fraction - PEAK_AT) / (1 - PEAK_AT)) * (1 - PEAK_END),
  wave: (fraction) => (1 - Math.cos(2 * Math.PI * WAVES * fraction)) / 2,
  flat: () => 0.5,
};

/** Levels off the curve that make one point. */
const LEVELS_PER_POINT = 3;

/** The energy a set asks for at a place in it, 1 to 10. */
export type EnergyCurve = (fraction: number) => number;

/**
 * A shape scaled to the energies that the tracks have: a rise goes from the calmest of them to the most driving one.
 * Undefined when no track's energy is known.
 */
export function energyCurve(shape: EnergyShape, tracks: readonly TrackFeatures[]): EnergyCurve | undefined {
  const levels = tracks.flatMap(({ energyLevel }) => (energyLevel === null ? [] : [energyLevel]));
  if (levels.length === 0) return undefined;
  const lowest = levels.reduce((a, b) => Math.min(a, b));
  const highest = levels.reduce((a, b) => Math.max(a, b));
  return (fraction) => lowest + (highest - lowest) * HEIGHTS[shape](Math.min(1, Math.max(0, fraction)));
}

/** Points for a track that is off the curve where its middle lies; a track of unknown energy fits anywhere. */
export function curvePoints(energyLevel: number | null, target: number): number {
  return energyLevel === null ? 0 : Math.abs(energyLevel - target) / LEVELS_PER_POINT;
}
