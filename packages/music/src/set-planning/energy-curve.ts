import { LEVELS_PER_POINT, UNKNOWN_POINTS } from './cost/weights.data.ts';
import { type CurvePoint, drawnCurve } from './drawn-curve.ts';
import type { SetTrack } from './set-track.ts';

export const ENERGY_SHAPES = ['rise', 'fall', 'peak', 'wave', 'flat'] as const;
/** How the energy should go over the set. */
export type EnergyShape = (typeof ENERGY_SHAPES)[number];

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

/** The energy a set asks for at a place in it, 1 to 10. */
export type EnergyCurve = (fraction: number) => number;

/**
 * Drawn points as they are, or a shape scaled to the energies that the tracks have: a rise goes from the calmest of them to the
 * most driving one. Undefined when no track's energy is known.
 */
export function energyCurve(
  asked: EnergyShape | readonly CurvePoint[],
  tracks: readonly SetTrack[],
): EnergyCurve | undefined {
  const levels = tracks.flatMap(({ energyLevel }) => (energyLevel === null ? [] : [energyLevel]));
  if (levels.length === 0) return undefined;
  if (typeof asked !== 'string') return drawnCurve(asked);
  const lowest = levels.reduce((a, b) => Math.min(a, b));
  const highest = levels.reduce((a, b) => Math.max(a, b));
  return (fraction) => lowest + (highest - lowest) * HEIGHTS[asked](Math.min(1, Math.max(0, fraction)));
}

/** Points for a track that is off the curve where its middle lies; its energy may be NaN: not known. */
export function curvePoints(energyLevel: number, target: number): number {
  return Number.isNaN(energyLevel) ? UNKNOWN_POINTS.curve : Math.abs(energyLevel - target) / LEVELS_PER_POINT;
}
