import { EVEN_OCTAVES, type LoudSpectrum } from './loud-tones.ts';
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

/** Power of a track, with its gain, at a moment of the mix, and where it lies. */
export interface PlacedPower {
  readonly power: number;
  readonly spectrum: LoudSpectrum;
}

const SILENCE: LoudSpectrum = { lowShare: 0, octaves: EVEN_OCTAVES };

/** Undefined when the track has no loudness; no power where it is not heard. */
export function powerAt({ prepared, map, start, end }: PlacedTrack, mixSeconds: number): PlacedPower | undefined {
  const { loudness, gainDb } = prepared;
  if (loudness === null) return undefined;
  if (mixSeconds < start || mixSeconds > end) return { power: 0, spectrum: SILENCE };
  const sourceSeconds = sourceSecondsAt(map, mixSeconds);
  return {
    power: loudness.powerAt(sourceSeconds) * 10 ** (gainDb / 10),
    spectrum: { lowShare: loudness.lowShareAt(sourceSeconds), octaves: loudness.octavesAt(sourceSeconds) },
  };
}

/** Mean power of a track, with its gain, over a stretch of the mix that may be shorter than a beat; the track has a loudness. */
export function meanPower({ prepared, map }: PlacedTrack, from: number, to: number): number {
  const power = prepared.loudness!.meanPower(sourceSecondsAt(map, from), sourceSecondsAt(map, to));
  return power * 10 ** (prepared.gainDb / 10);
}
