import type { TrackAnalysis } from '../analysis/track-analysis.ts';
import { type BeatGrid, beatGridOf } from './beat-grid.ts';
import { type LocalLoudness, localLoudnessOf } from './local-loudness.ts';

/** A track that is to be mixed, in the order of the mix. */
export interface MixableTrack {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** Hash of the decoded sound: a render refuses a file that sounds different. */
  readonly audioHash: string;
  /** Length of the whole track, above 0. */
  readonly seconds: number;
  readonly analysis: TrackAnalysis;
}

/** A track with what the planner works out once. */
export interface PreparedTrack {
  readonly track: MixableTrack;
  readonly grid: BeatGrid | null;
  readonly loudness: LocalLoudness | null;
  readonly soundStart: number;
  readonly soundEnd: number;
  /** The gain that brings it to the common loudness. */
  readonly gainDb: number;
  /** The tempo it is held at, in BPM of its own beats, at a moment of the mix; null: its own tempo. */
  readonly heldBpm: ((mixSeconds: number) => number) | null;
}

export function prepareTrack(track: MixableTrack, gainDb: number, heldBpm: PreparedTrack['heldBpm']): PreparedTrack {
  const loudness = localLoudnessOf(track.analysis.loudness, track.seconds);
  return {
    track,
    grid: beatGridOf(track.analysis, track.seconds),
    loudness,
    soundStart: loudness?.soundStart ?? 0,
    soundEnd: loudness?.soundEnd ?? track.seconds,
    gainDb,
    heldBpm,
  };
}
