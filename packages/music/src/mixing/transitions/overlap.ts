import type { BeatGrid } from '../beat-grid.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { mixSecondsAt, type TimePoint } from '../time-map.ts';
import type { LaidTrack } from './laid-track.ts';

/** A stretch over which two tracks are heard together, beat on beat. */
export interface Overlap {
  /** Bars of the faster of the two grids. */
  readonly bars: number;
  /** Shared pulses: beats of the faster grid. */
  readonly pulses: number;
  /** Pulses per beat of the outgoing and of the incoming track. */
  readonly pulsesPerBeat: readonly [1 | 2, 1 | 2];
  readonly outBeat: number;
  readonly inBeat: number;
}

/** Source seconds of pulse `pulse` after a beat. */
export function pulseSeconds(grid: BeatGrid, beat: number, pulsesPerBeat: 1 | 2, pulse: number): number {
  const position = beat + pulse / pulsesPerBeat;
  const whole = Math.floor(position);
  const from = grid.beats[whole]!;
  return position === whole ? from : from + (position - whole) * (grid.beats[whole + 1]! - from);
}

/** Every shared pulse of an overlap, as points of the incoming track's map. */
export function pairedPulses(out: LaidTrack, incoming: PreparedTrack, overlap: Overlap): TimePoint[] {
  const [outPulses, inPulses] = overlap.pulsesPerBeat;
  return Array.from({ length: overlap.pulses + 1 }, (_, pulse) => ({
    mix: mixSecondsAt(out.map, pulseSeconds(out.prepared.grid!, overlap.outBeat, outPulses, pulse)),
    source: pulseSeconds(incoming.grid!, overlap.inBeat, inPulses, pulse),
  }));
}
