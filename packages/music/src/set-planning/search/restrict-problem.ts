import type { OrderProblem } from './order-problem.ts';

/** The same problem with some of its units only, which get the numbers of their places in `units`. */
export function restrictProblem(problem: OrderProblem, units: readonly number[]): OrderProblem {
  const { groups, kinds } = problem;
  const numbers = new Map(units.map((unit, number) => [unit, number]));
  const numberOf = (unit: number | undefined) => (unit === undefined ? undefined : numbers.get(unit));
  return {
    count: units.length,
    sizes: units.map((unit) => problem.sizes[unit]!),
    seconds: Float64Array.from(units, (unit) => problem.seconds[unit]!),
    tails: Float64Array.from(units, (unit) => problem.tails[unit]!),
    pair: (from, to) => problem.pair(units[from]!, units[to]!),
    leastPair: (from, to) => problem.leastPair(units[from]!, units[to]!),
    place: (unit, startSeconds) => problem.place(units[unit]!, startSeconds),
    ...(groups && {
      groups: {
        points: (unit) => groups.points(units[unit]!),
        enter: (unit) => groups.enter(units[unit]!),
        leave: (unit) => groups.leave(units[unit]!),
      },
    }),
    first: numberOf(problem.first),
    last: numberOf(problem.last),
    required: Uint8Array.from(units, (unit) => problem.required[unit]!),
    earlier: Int32Array.from(units, (unit) => numbers.get(problem.earlier[unit]!) ?? -1),
    wantedSeconds: problem.wantedSeconds,
    ...(kinds && { kinds: units.map((unit) => kinds[unit]!) }),
  };
}
