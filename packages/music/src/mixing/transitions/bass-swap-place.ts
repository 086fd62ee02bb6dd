import type { PreparedTrack } from '../mix-track.ts';
import type { TimePoint } from '../time-map.ts';
import type { LaidTrack } from './laid-track.ts';
import type { Overlap } from './overlap.ts';

/** In a shorter transition the bass does not change hands. */
export const FEWEST_SWAP_BARS = 4;

/** The bass changes hands at a phrase of either track in the middle half of the transition, else in its middle. */
export function bassSwapAt(
  out: LaidTrack,
  incoming: PreparedTrack,
  { bars, pulses, outBeat, inBeat, pulsesPerBeat }: Overlap,
  points: readonly TimePoint[],
): number | null {
  if (bars < FEWEST_SWAP_BARS) return null;
  const middle = pulses / 2;
  const borders = [
    ...incoming.grid!.phraseStarts.map((beat) => (beat - inBeat) * pulsesPerBeat[1]),
    ...out.prepared.grid!.phraseStarts.map((beat) => (beat - outBeat) * pulsesPerBeat[0]),
  ].filter((pulse) => Math.abs(pulse - middle) <= pulses / 4);
  const nearest = borders.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return points[nearest ?? Math.floor(middle)]!.mix;
}
