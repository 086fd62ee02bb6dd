import type { Joint } from '../joint.ts';
import type { Technique } from './technique.ts';

/** What a join costs, part by part: 0 is effortless, about 1 is a flaw that is noticed. */
export type JoinCosts = Readonly<Record<string, number>>;

/** One way of joining two tracks. */
export interface JoinOption {
  readonly technique: Technique;
  /** Null where there is no grid to count on. */
  readonly bars: number | null;
  readonly costs: JoinCosts;
  /** The sum of them. */
  readonly points: number;
  /** Works the whole join out. */
  readonly joint: () => Joint;
}

export function sumOf(costs: JoinCosts): number {
  return Object.values(costs).reduce((sum, points) => sum + points, 0);
}

/** Points on the scale of scores: 1 is effortless, and each point halves it. */
export function scoreOf(points: number): number {
  return Math.round(1000 * 2 ** -Math.max(0, points)) / 1000;
}

/** Costs that are told: the largest, from this on. */
const MOST_TOLD = 3;
const LEAST_TOLD = 0.05;

/** "costs 0.42 points: 0.21 unheard, 0.12 key" */
export function costWords(costs: JoinCosts): string {
  const told = Object.entries(costs)
    .filter(([, points]) => points >= LEAST_TOLD)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_TOLD)
    .map(([name, points]) => `${points.toFixed(2)} ${name}`);
  return `costs ${sumOf(costs).toFixed(2)} points${told.length > 0 ? `: ${told.join(', ')}` : ''}`;
}
