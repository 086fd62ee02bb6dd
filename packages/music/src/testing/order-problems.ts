import type { OrderProblem } from '../set-planning/search/order-problem.ts';
import { seededRandom } from '../set-planning/seeded-random.ts';

/** A problem of plain numbers, in which everything is to be used unless `changes` has a length. */
export function problemOf(count: number, seed: number, changes: Partial<OrderProblem> = {}): OrderProblem {
  const random = seededRandom(seed);
  const pairs = Float64Array.from({ length: count * count }, () => random());
  const levels = Float64Array.from({ length: count }, () => random());
  const seconds = Float64Array.from({ length: count }, () => 60 + 240 * random());
  const total = seconds.reduce((sum, own) => sum + own, 0);
  const pair = (from: number, to: number) => pairs[from * count + to]!;
  return {
    count,
    sizes: new Uint8Array(count).fill(1),
    seconds,
    tails: seconds.map((own) => own / 8),
    pair,
    leastPair: (from, to) => pair(from, to) / 2,
    place: (unit, start) => Math.abs(levels[unit]! - (start + seconds[unit]! / 2) / total),
    first: undefined,
    last: undefined,
    required: new Uint8Array(count).fill(changes.wantedSeconds === undefined ? 1 : 0),
    earlier: new Int32Array(count).fill(-1),
    wantedSeconds: undefined,
    ...changes,
  };
}
