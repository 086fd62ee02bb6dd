import type { PreparedTrack } from '../mix-track.ts';
import { QUIET_CUT_POINTS } from './join-points.data.ts';

/** This much below its usual loudness a passage is not yet quiet. */
export const QUIET_LU = 3;

/** Points for changing tracks at a moment at which one is quieter than usual. */
export function quietMomentPoints({ loudness }: PreparedTrack, time: number): number {
  if (loudness === null) return 0;
  return QUIET_CUT_POINTS * Math.max(0, loudness.integratedLufs - QUIET_LU - loudness.at(time));
}
