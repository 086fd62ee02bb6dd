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

/** Loudness of a track, with its gain, at a moment of the mix; undefined when it has none. */
function loudnessAt({ prepared, map }: PlacedTrack, mixSeconds: number): number | undefined {
  const { loudness, gainDb } = prepared;
  return loudness ? loudness.at(sourceSecondsAt(map, mixSeconds)) + gainDb : undefined;
}

/** Mean power, as loudness, of a stretch. */
export function meanLoudness(placed: PlacedTrack, from: number, to: number): number | undefined {
  const SAMPLES = 9;
  let sum = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const value = loudnessAt(placed, from + ((to - from) * i) / (SAMPLES - 1));
    if (value === undefined) return undefined;
    sum += 10 ** (value / 10) / SAMPLES;
  }
  return 10 * Math.log10(sum);
}

/** Power of a track, with its gain, at a moment of the mix, and the share of it that is bass; a known loudness needed. */
export function powerAt({ prepared, map }: PlacedTrack, mixSeconds: number): { power: number; lowShare: number } {
  const loudness = prepared.loudness!;
  const sourceSeconds = sourceSecondsAt(map, mixSeconds);
  const power = 10 ** ((loudness.at(sourceSeconds) + prepared.gainDb) / 10);
  return { power, lowShare: loudness.lowShareAt(sourceSeconds) };
}
