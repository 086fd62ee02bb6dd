import type { PreparedTrack } from '../mix-track.ts';
import { mixSecondsAt, type TimeMap } from '../time-map.ts';

/** The outgoing track as it is already laid. */
export interface LaidTrack {
  readonly prepared: PreparedTrack;
  readonly map: TimeMap;
  readonly cueIn: number;
  /** Where its own incoming transition, and the glide after it, ended. */
  readonly inEnd: number;
  readonly glideEnd: number;
  /** Semitones. */
  readonly keyShift: number;
}

/** The tempo at which a track leaves, in BPM of its own beats; null where it has none. */
export function leavingBpm({ prepared, map }: LaidTrack): number | null {
  const { heldBpm, soundEnd, track } = prepared;
  return heldBpm === null ? track.analysis.tempo.bpm : heldBpm(mixSecondsAt(map, soundEnd));
}
