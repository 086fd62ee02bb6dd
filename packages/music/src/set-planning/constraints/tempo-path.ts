import { foldedOctaves } from '../cost/tempo-points.ts';
import { COMFORTABLE_STRETCH } from '../cost/weights.data.ts';

const COMFORTABLE_OCTAVES = Math.log2(1 + COMFORTABLE_STRETCH);

/** How far a tempo, or half or double of it, is from the path: 1 is the stretch at which a beat-match is given up. */
export function distanceFromPath(bpm: number, pathBpm: number): number {
  return Math.abs(foldedOctaves(Math.log2(bpm / pathBpm))) / COMFORTABLE_OCTAVES;
}

export function isNearPath(bpm: number, pathBpm: number): boolean {
  return distanceFromPath(bpm, pathBpm) <= 1;
}
