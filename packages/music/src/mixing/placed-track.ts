import type { PreparedTrack } from './mix-track.ts';
import { sourceSecondsAt, type TimeMap } from './time-map.ts';

/** A track laid on the mix's time line. */
export interface PlacedTrack {
  readonly prepared: PreparedTrack;
  readonly map: TimeMap;
  /** Where in the source it is back at its own tempo. */
  readonly glideEnd: number;
  readonly start: number;
  readonly end: number;
}

/** Power of a track, with its gain, at a moment of the mix, and the share of it that is bass. */
export interface PlacedPower {
  readonly power: number;
  readonly lowShare: number;
}

/** Undefined when the track has no loudness; no power where it is not heard. */
export function powerAt({ prepared, map, start, end }: PlacedTrack, mixSeconds: number): PlacedPower | undefined {
  const { loudness, gainDb } = prepared;
  if (loudness === null) return undefined;
  if (mixSeconds < start || mixSeconds > end) return { power: 0, lowShare: 0 };
  const sourceSeconds = sourceSecondsAt(map, mixSeconds);
  return {
    power: loudness.powerAt(sourceSeconds) * 10 ** (gainDb / 10),
    lowShare: loudness.lowShareAt(sourceSeconds),
  };
}
