import { StateVariableFilter } from '../synth/filter.ts';
import type { StemEffect } from './stem-effect.ts';

/** A point of the filter's ride; the openness moves in a straight line to the next point. */
export interface RidePoint {
  readonly frame: number;
  /** 0 closed to 1 open: where it goes on from the frame, and what it reaches at the next point. */
  readonly from: number;
  readonly to: number;
}

const CONTROL_FRAMES = 128;
const CLOSED_HZ = 180;
const OPEN_HZ = 20_000;
/** From here on the filter is taken out. */
const OPEN = 0.97;
/** Frames over which a filter that comes back is run in, unheard. */
const RUN_IN_FRAMES = 512;
const RESONANCE = 0.9;

/** Low-pass that opens and closes with the arrangement. @param points in order, the first at or before the first sound */
export function createFilterRide(points: readonly RidePoint[], sampleRate: number): StemEffect {
  let filters: readonly [StateVariableFilter, StateVariableFilter] | undefined;
  let started = 0;
  let index = 0;

  const openness = (frame: number): number => {
    while (index + 1 < points.length && points[index + 1]!.frame <= frame) index++;
    const point = points[index]!;
    const next = points[index + 1];
    if (next === undefined) return point.to;
    return point.from + ((point.to - point.from) * (frame - point.frame)) / (next.frame - point.frame);
  };

  return {
    start(frame) {
      filters = undefined;
      started = frame;
      index = 0;
    },
    process(left, right, from, to) {
      for (let at = from; at < to; at += CONTROL_FRAMES) {
        const end = Math.min(to, at + CONTROL_FRAMES);
        const open = openness(at);
        if (open >= OPEN) {
          filters = undefined;
          continue;
        }
        const cutoffHz = CLOSED_HZ * (OPEN_HZ / CLOSED_HZ) ** open;
        const runInFrom = filters === undefined ? Math.max(started, at - RUN_IN_FRAMES) : at;
        filters ??= [new StateVariableFilter('low', sampleRate), new StateVariableFilter('low', sampleRate)];
        for (const [side, filter] of filters.entries()) {
          const samples = side === 0 ? left : right;
          filter.tune(cutoffHz, RESONANCE);
          if (runInFrom < at) filter.process(samples.slice(runInFrom, at), 0, at - runInFrom);
          filter.process(samples, at, end);
        }
      }
    },
  };
}
