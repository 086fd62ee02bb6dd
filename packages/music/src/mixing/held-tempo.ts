import { type CurvePoint, drawnCurve } from '../set-planning/drawn-curve.ts';
import type { MixableTrack, PreparedTrack } from './mix-track.ts';
import { MAXIMUM_STRETCH } from './transitions/why-not-matched.ts';

/**
 * 'follow': each track comes in at the tempo that is playing and glides to its own. A number: all are held at that many beats per
 * minute, or half or double of it. Points: the same for a tempo that moves, in straight lines, over the places of the mix from 0 to 1.
 */
export type MixTempo = 'follow' | number | readonly CurvePoint[];

/** Where a track lies in a mix, as far as that is known before it is laid. */
export interface TrackPlace {
  /** Mix seconds. */
  readonly start: number;
  readonly end: number;
  readonly totalSeconds: number;
}

/**
 * The tempo that a track is held at over the mix: the one that is asked for, its half or its double, never further from the track's own than
 * it may be stretched.
 * @returns null for its own tempo; a sentence is added to `warnings` where that is not what was asked for
 */
export function heldTempo(
  { title, analysis }: MixableTrack,
  tempo: MixTempo,
  { start, end, totalSeconds }: TrackPlace,
  warnings: string[],
): PreparedTrack['heldBpm'] {
  const { bpm } = analysis.tempo;
  if (tempo === 'follow' || bpm === null) return null;
  const course = typeof tempo === 'number' ? () => tempo : drawnCurve(tempo);
  const at = (mixSeconds: number) => course(Math.min(1, Math.max(0, mixSeconds / totalSeconds)));
  const asked = at((start + end) / 2);
  const factor = [1, 0.5, 2].reduce((best, option) =>
    Math.abs(Math.log((option * asked) / bpm)) < Math.abs(Math.log((best * asked) / bpm)) ? option : best,
  );
  const most = 100 * MAXIMUM_STRETCH;
  if (Math.abs((factor * asked) / bpm - 1) > MAXIMUM_STRETCH) {
    const shown = Math.round(10 * asked) / 10;
    warnings.push(`"${title}" plays at its own ${bpm.toFixed(1)} BPM: ${shown} BPM is more than ${most} % away`);
    return null;
  }
  const [least, greatest] = [bpm * (1 - MAXIMUM_STRETCH), bpm * (1 + MAXIMUM_STRETCH)];
  return (mixSeconds) => Math.min(greatest, Math.max(least, factor * at(mixSeconds)));
}
