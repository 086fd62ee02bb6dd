import type { Joint } from '../joint.ts';
import type { Technique } from './technique.ts';

/** One way of joining two tracks. */
export interface JoinOption {
  readonly technique: Technique;
  /** Null where there is no grid to count on. */
  readonly bars: number | null;
  /** What it costs: 0 is effortless, about 1 is noticed. */
  readonly points: number;
  /** Works the whole join out. */
  readonly joint: () => Joint;
}

/** Points on the scale of scores: 1 is effortless, and each point halves it. */
export function scoreOf(points: number): number {
  return Math.round(1000 * 2 ** -Math.max(0, points)) / 1000;
}
