import { keyNumberPoints } from './cost/key-points.ts';
import type { TrackTable } from './cost/track-table.ts';
import { LEVELS_PER_POINT, POINTS_PER_LEVEL, UNKNOWN_POINTS, WEIGHTS } from './cost/weights.data.ts';

/** Energies are put together by whole levels, 1 to 10; 0 is not known. */
const LEVELS = 11;
/** How far a level may be from that of its slot. */
const WITHIN = 0.5;

/** The slot of a track: its key and its level of energy. */
export function slotOf({ key, energy }: TrackTable, track: number): number {
  return (key[track]! + 1) * LEVELS + (Number.isNaN(energy[track]!) ? 0 : Math.round(energy[track]!));
}

/** The lowest and the highest energy that a curve asks for in a stretch of time. */
export type EnergyAsked = (fromSeconds: number) => { readonly lowest: number; readonly highest: number };

/**
 * The least that going from a track to any track of a slot costs by key and energy, and that the slot's energy costs there.
 * @param asked undefined when there is no curve
 */
export function leastSlotPoints(
  { key, keyConfidence, energy }: TrackTable,
  from: number,
  startSeconds: number,
  slots: readonly number[],
  asked: EnergyAsked | undefined,
): Float64Array {
  const curve = asked?.(startSeconds);
  const fromEnergy = energy[from]!;
  return Float64Array.from(slots, (slot) => {
    const toKey = Math.floor(slot / LEVELS) - 1;
    const level = slot % LEVELS;
    let points = WEIGHTS.key * leastKeyPoints(key[from]!, keyConfidence[from]!, toKey);
    if (level === 0 || Number.isNaN(fromEnergy)) points += WEIGHTS.energy * UNKNOWN_POINTS.energy;
    else points += WEIGHTS.energy * Math.max(0, Math.abs(level - fromEnergy) - WITHIN - 1) * POINTS_PER_LEVEL;
    if (curve && level === 0) points += UNKNOWN_POINTS.curve;
    else if (curve)
      points += Math.max(0, level - WITHIN - curve.highest, curve.lowest - level - WITHIN) / LEVELS_PER_POINT;
    return points;
  });
}

/** A change counts at most as far as the first key is sure; the second may be less sure. */
function leastKeyPoints(from: number, confidence: number, to: number): number {
  if (from < 0 || to < 0) return UNKNOWN_POINTS.key;
  const points = Math.min(keyNumberPoints(from, to, false), keyNumberPoints(from, to, true));
  return Math.min(UNKNOWN_POINTS.key, confidence * points + (1 - confidence) * UNKNOWN_POINTS.key);
}
