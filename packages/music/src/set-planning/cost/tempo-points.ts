import {
  BEYOND_COMFORT_SHARE,
  COMFORTABLE_STRETCH,
  HALF_OR_DOUBLE_POINTS,
  MAXIMUM_STRETCH_POINTS,
  NOTICED_GLIDE,
  WEIGHTS,
} from './weights.data.ts';

/** Tempos are compared in octaves: 1 is twice as fast. */
const COMFORTABLE_OCTAVES = Math.log2(1 + COMFORTABLE_STRETCH);
const NOTICED_OCTAVES = Math.log2(1 + NOTICED_GLIDE);

/** Octaves between two tempos at their nearest common pulse: the plain distance, or that to half or double the tempo. */
export function foldedOctaves(octaves: number): number {
  const up = octaves + 1;
  const down = octaves - 1;
  if (Math.abs(up) < Math.abs(octaves)) return up;
  return Math.abs(down) < Math.abs(octaves) ? down : octaves;
}

/** Points for the stretch that brings two tempos together, `octaves` apart at their common pulse. */
export function stretchPoints(octaves: number): number {
  const distance = Math.abs(octaves) / COMFORTABLE_OCTAVES;
  return Math.min(MAXIMUM_STRETCH_POINTS, distance <= 1 ? distance : 1 + (distance - 1) * BEYOND_COMFORT_SHARE);
}

/** Points for the glide from one tempo to the other after the join; no more than one: beyond it there is no glide. */
export function glidePoints(octaves: number): number {
  const heard = Math.abs(octaves) - NOTICED_OCTAVES;
  return Math.min(1, Math.max(0, heard / (COMFORTABLE_OCTAVES - NOTICED_OCTAVES)));
}

/** Points for going between beats of different length on a common pulse. */
export function foldPoints(octaves: number): number {
  return foldedOctaves(octaves) === octaves ? 0 : HALF_OR_DOUBLE_POINTS;
}

/** The least that two tempos can cost, weighed, that are `octaves` apart once whole octaves are taken away. */
export function leastTempoPoints(octaves: number): number {
  return WEIGHTS.tempo * stretchPoints(octaves) + WEIGHTS.glide * glidePoints(octaves);
}
