import { type BeamOptions, beamOrder, beamWidth, NARROWEST_BEAM } from './beam-order.ts';
import { exactOrder, MAXIMUM_EXACT_UNITS } from './exact-order.ts';
import { exchange } from './exchange.ts';
import { type FoundOrder, judge, type OrderProblem } from './order-problem.ts';
import { LEAST_SAVING, rearrange, type StepBudget } from './rearrange.ts';
import { restrictProblem } from './restrict-problem.ts';

/** Steps that the bettering of one set may take, beside the first beams: under a second. */
const STEP_BUDGET = 4_000_000;
/** The same where all units are used: those steps are shorter. */
const ORDER_STEP_BUDGET = 10_000_000;
/** Beams that start again with other points, and how wide they are. */
const RESTARTS = 16;
const RESTART_WIDTH = 32;
/** Points that are added by chance to each unit in a restart, at most, as a share of what a unit costs in the best set. */
const NOISE_SHARE = 0.3;
/** Times that an order of all units is shaken, and the longest stretch that moves. */
const SHAKES = 60;
const LONGEST_SHAKE = 50;

/**
 * The best set that is found: proven best for up to `MAXIMUM_EXACT_UNITS` units; above that by a beam search, bettered by local
 * moves until none helps, and then from elsewhere: where units are chosen, by more beams with points changed by chance,
 * among the units that a beam or a move thought of; where all are used, by shaking the order.
 * @param random decides by how much points are changed, and what is shaken
 * @param exhaustive false searches small problems, too
 */
export function searchSet(problem: OrderProblem, random: () => number, exhaustive: boolean): FoundOrder {
  if (exhaustive && problem.count <= MAXIMUM_EXACT_UNITS) return exactOrder(problem);
  if (problem.wantedSeconds === undefined) {
    const budget: StepBudget = { left: ORDER_STEP_BUDGET };
    return shake(problem, settle(problem, beamOrder(problem), budget), random, budget);
  }
  const budget: StepBudget = { left: STEP_BUDGET };
  const [start, ...others] = openings(problem);
  const met = new Set([...start!.met, ...(others[0]?.met ?? [])]);
  const first = settle(problem, start!.found, budget, met);
  for (const { found } of others) for (const unit of found.order) met.add(unit);
  for (let unit = 0; unit < problem.count; unit++) if (problem.required[unit]) met.add(unit);
  const units = [...met].sort((a, b) => a - b);
  const numbers = new Map(units.map((unit, number) => [unit, number]));
  const small = restrictProblem(problem, units);
  const inSmall = ({ order }: FoundOrder) =>
    judge(
      small,
      order.map((unit) => numbers.get(unit)!),
    );
  const settled = [inSmall(first), ...others.map(({ found }) => settle(small, inSmall(found), budget))];
  const best = restart(small, lowest(settled), random, budget);
  if (best === settled[0]) return first;
  return settle(
    problem,
    judge(
      problem,
      best.order.map((number) => units[number]!),
    ),
    { left: STEP_BUDGET / 4 },
  );
}

/** What a beam found for one kind of opening, and all units that it thought of. */
interface Opened {
  readonly found: FoundOrder;
  readonly met: ReadonlySet<number>;
}

/** The best set that a beam finds for each kind of opening, best first. */
function openings(problem: OrderProblem): Opened[] {
  const { kinds, first, last, earlier } = problem;
  const open = (options: BeamOptions): Opened => {
    const met = new Set<number>();
    return { found: beamOrder(problem, { ...options, met }), met };
  };
  if (!kinds || first !== undefined) return [open({})];
  const mayOpen = Array.from(kinds).filter((_, unit) => unit !== last && earlier[unit]! < 0);
  const all = [...new Set(mayOpen)].sort((a, b) => a - b);
  const width = Math.max(NARROWEST_BEAM, Math.floor(beamWidth(problem) / all.length));
  return all.map((kind) => open({ width, kind })).sort((a, b) => a.found.score - b.found.score);
}

function lowest(found: readonly FoundOrder[]): FoundOrder {
  return found.reduce((a, b) => (b.score < a.score ? b : a));
}

/**
 * The best of several beams whose points were changed by chance, each bettered by the real ones.
 * Source: Charon & Hudry, "The noising method", Operations Research Letters 14(3), 1993.
 */
function restart(problem: OrderProblem, start: FoundOrder, random: () => number, budget: StepBudget): FoundOrder {
  let best = start;
  const noise = (NOISE_SHARE * start.points) / start.order.length;
  for (let round = 0; round < RESTARTS && budget.left > 0; round++) {
    const extra = Float64Array.from({ length: problem.count }, () => noise * random());
    const place = (unit: number, startSeconds: number) => problem.place(unit, startSeconds) + extra[unit]!;
    const kind = problem.kinds?.[best.order[0]!];
    const options = { width: RESTART_WIDTH, budget, ...(kind !== undefined && { kind }) };
    const settled = settle(problem, beamOrder({ ...problem, place }, options), budget);
    if (settled.score < best.score - LEAST_SAVING) best = settled;
  }
  return best;
}

/**
 * The best of several orders in which two neighbouring stretches changed places, which no turn of one stretch undoes.
 * Source: the double bridge of Martin, Otto & Felten, "Large-step Markov chains for the traveling salesman problem", 1991.
 */
function shake(problem: OrderProblem, start: FoundOrder, random: () => number, budget: StepBudget): FoundOrder {
  let best = start;
  for (let round = 0; round < SHAKES && budget.left > 0; round++) {
    const shaken = twoSwapped(problem, best.order, random);
    if (!keepsOrder(problem, shaken)) continue;
    const settled = settle(problem, judge(problem, shaken), budget);
    if (settled.score < best.score - LEAST_SAVING) best = settled;
  }
  return best;
}

function twoSwapped({ first, last }: OrderProblem, order: readonly number[], random: () => number): readonly number[] {
  const from = first === undefined ? 0 : 1;
  const movable = order.length - from - (last === undefined ? 0 : 1);
  if (movable < 2) return order;
  const pick = (most: number) => 1 + Math.floor(random() * Math.min(LONGEST_SHAKE, most));
  const one = pick(Math.floor(movable / 2));
  const two = pick(movable - one);
  const start = from + Math.floor(random() * (movable - one - two + 1));
  const middle = start + one;
  const end = middle + two;
  return [...order.slice(0, start), ...order.slice(middle, end), ...order.slice(start, middle), ...order.slice(end)];
}

/** Whether each unit that has to come after another one does. */
function keepsOrder({ earlier }: OrderProblem, order: readonly number[]): boolean {
  const places = new Map(order.map((unit, at) => [unit, at]));
  return order.every((unit, at) => (places.get(earlier[unit]!) ?? -1) < at);
}

/** Local moves of both kinds until neither helps. */
function settle(problem: OrderProblem, found: FoundOrder, budget: StepBudget, met?: Set<number>): FoundOrder {
  let best = judge(problem, rearrange(problem, found.order, budget));
  if (problem.wantedSeconds === undefined) return best;
  for (;;) {
    const exchanged = exchange(problem, best, budget, met);
    const again = judge(problem, rearrange(problem, exchanged.order, budget));
    if (again.score > best.score - LEAST_SAVING || budget.left <= 0) return again.score < best.score ? again : best;
    best = again;
  }
}
