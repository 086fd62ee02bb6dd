import { StateVariableFilter } from '../synth/filter.ts';
import type { Stereo } from '../synth/stereo.ts';

/** A point of the filter's ride; the openness moves in a straight line to the next point. */
export interface RidePoint {
  readonly frame: number;
  /** 0 closed to 1 open: what it reaches at the frame, and where it goes on from there. */
  readonly from: number;
  readonly to: number;
}

const CONTROL_FRAMES = 64;
const CLOSED_HZ = 180;
const OPEN_HZ = 20_000;
/** From here on the filter is taken out. */
const OPEN = 0.97;
/** Frames over which a filter that comes back is run in, unheard. */
const RUN_IN_FRAMES = 1024;

/** Low-pass over a stem that opens and closes with the arrangement, in place. */
export function rideFilter(stereo: Stereo, points: readonly RidePoint[], sampleRate: number): void {
  rideChannel(stereo.left, points, sampleRate);
  rideChannel(stereo.right, points, sampleRate);
}

function rideChannel(samples: Float32Array, points: readonly RidePoint[], sampleRate: number): void {
  let filter: StateVariableFilter | undefined;
  for (const [i, point] of points.entries()) {
    const end = Math.min(samples.length, points[i + 1]?.frame ?? samples.length);
    for (let from = point.frame; from < end; from += CONTROL_FRAMES) {
      const to = Math.min(end, from + CONTROL_FRAMES);
      const openness = point.from + ((point.to - point.from) * (from - point.frame)) / Math.max(1, end - point.frame);
      if (openness >= OPEN) {
        filter = undefined;
        continue;
      }
      const cutoffHz = CLOSED_HZ * (OPEN_HZ / CLOSED_HZ) ** openness;
      if (filter === undefined) {
        filter = new StateVariableFilter('low', sampleRate);
        filter.tune(cutoffHz, 0.9);
        const runIn = samples.slice(Math.max(0, from - RUN_IN_FRAMES), from);
        filter.process(runIn, 0, runIn.length);
      }
      filter.tune(cutoffHz, 0.9);
      filter.process(samples, from, to);
    }
  }
}
