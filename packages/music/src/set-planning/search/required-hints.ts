import type { OrderProblem } from './order-problem.ts';

/** Pairs that are looked at to tell the hints; a larger problem goes without. */
const PAIR_BUDGET = 4_000_000;
/** Places in the set at which a unit is tried. */
const PLACES = 20;

/** About the least that each required unit adds to a set, wherever it comes; 0 for the others. */
export function requiredHints(problem: OrderProblem): Float64Array {
  const { count, required, first, last, seconds, wantedSeconds } = problem;
  const hints = new Float64Array(count);
  const needed = required.reduce((sum, own) => sum + own, 0);
  if (needed * count > PAIR_BUDGET) return hints;
  const length = wantedSeconds ?? seconds.reduce((sum, own) => sum + own, 0);
  for (let unit = 0; unit < count; unit++) {
    if (!required[unit] || unit === first || unit === last) continue;
    let step = Number.POSITIVE_INFINITY;
    for (let from = 0; from < count; from++) {
      if (from !== unit && from !== last) step = Math.min(step, problem.leastPair(from, unit));
    }
    let place = Number.POSITIVE_INFINITY;
    for (let i = 0; i <= PLACES; i++) place = Math.min(place, problem.place(unit, (length * i) / PLACES));
    hints[unit] = (Number.isFinite(step) ? step : 0) + place;
  }
  return hints;
}
