import type { PreparedTrack } from '../mix-track.ts';
import type { TimeMap } from '../time-map.ts';

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
