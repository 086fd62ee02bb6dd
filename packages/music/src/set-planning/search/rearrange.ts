import { judge, type OrderProblem, score } from './order-problem.ts';

/** Tracks that move together, and the longest stretch of the set that one change touches. */
const LONGEST_MOVE = 3;
const LONGEST_STRETCH = 80;
/** A change has to save more than rounding does. */
export const LEAST_SAVING = 1e-9;

/** Steps that are left to a search; shared by all its parts. */
export interface StepBudget {
  left: number;
}

/**
 * Betters an order by moving one to three neighbouring units elsewhere (either way round) and by turning stretches around, as
 * long as that saves points. A beam never looks back at its first choices and is left with what nobody wanted; this
 * mends it. What has to come first, last or earlier stays there.
 * Source: 2-opt (Croes 1958) and Or-opt (Or 1976), the usual local moves of the travelling salesman.
 */
export function rearrange(problem: OrderProblem, found: readonly number[], budget: StepBudget): number[] {
  const held = problem.first === undefined ? 0 : 1;
  const desk = new Rearrangement(problem, found, budget);
  for (let before = Number.POSITIVE_INFINITY; desk.value < before - LEAST_SAVING && budget.left > 0; ) {
    before = desk.value;
    for (let start = held; start < desk.movable; start++) improveFrom(desk, start, budget);
  }
  return [...desk.order];
}

/** Tries every change of a stretch that begins at `start`. */
function improveFrom(desk: Rearrangement, start: number, budget: StepBudget): void {
  const longest = Math.min(LONGEST_STRETCH, desk.movable - start);
  for (let length = 2; length <= longest; length++) {
    desk.attempt(start, length, (at) => length - 1 - at);
    for (let size = 1; size <= LONGEST_MOVE && size < length; size++) {
      const rest = length - size;
      // The first `size` units go to the end of the stretch, or the last ones to its front; as they are or turned.
      desk.attempt(start, length, (at) => (at < rest ? at + size : at - rest));
      desk.attempt(start, length, (at) => (at < size ? at + rest : at - size));
      if (size === 1) continue;
      desk.attempt(start, length, (at) => (at < rest ? at + size : length - 1 - at));
      desk.attempt(start, length, (at) => (at < size ? length - 1 - at : at - size));
    }
    if (budget.left <= 0) return;
  }
}

/** An order with what it costs up to each unit. The time before and after a rearranged stretch stays as it was. */
class Rearrangement {
  readonly order: Int32Array;
  /** Units before the one that has to be the last. */
  readonly movable: number;
  readonly #problem: OrderProblem;
  readonly #budget: StepBudget;
  readonly #tracks: number;
  /** Points of what does not depend on the order. */
  readonly #constant: number;
  /** Points and seconds of all units before each, and of all at the end. */
  readonly #points: Float64Array;
  readonly #elapsed: Float64Array;
  readonly #stretch = new Int32Array(LONGEST_STRETCH);
  /** Where each unit stands that has to come after another one. */
  readonly #isOrdered: boolean;

  constructor(problem: OrderProblem, order: readonly number[], budget: StepBudget) {
    this.#problem = problem;
    this.#budget = budget;
    this.order = Int32Array.from(order);
    this.movable = problem.last === undefined ? order.length : order.length - 1;
    this.#tracks = order.reduce((sum, unit) => sum + problem.sizes[unit]!, 0);
    this.#points = new Float64Array(order.length + 1);
    this.#elapsed = new Float64Array(order.length + 1);
    this.#isOrdered = order.some((unit) => problem.earlier[unit]! >= 0);
    this.#sumFrom(0);
    this.#constant = judge(problem, this.order).points - this.#points.at(-1)!;
  }

  /** What the search minimises. */
  get value(): number {
    return this.#valueOf(this.#points.at(-1)!, this.order.at(-1)!);
  }

  #valueOf(points: number, end: number): number {
    const seconds = this.#elapsed.at(-1)! + this.#problem.tails[end]!;
    return score(this.#problem, points + this.#constant, this.#tracks, seconds);
  }

  /** Rearranges a stretch so that its place `at` gets the unit from its place `from(at)`, if that is allowed and better. */
  attempt(start: number, length: number, from: (at: number) => number): void {
    const { order } = this;
    const { seconds, pair, place } = this.#problem;
    const end = start + length;
    // The step out of the stretch changes too: its points are counted with the unit after it.
    const after = end < order.length ? order[end]! : -1;
    const leaving = after < 0 ? 0 : pair(order[end - 1]!, after);
    const limit =
      after < 0 && this.#problem.wantedSeconds !== undefined
        ? Number.POSITIVE_INFINITY
        : this.#points[end]! - this.#points[start]! + leaving - LEAST_SAVING;
    let points = 0;
    let elapsed = this.#elapsed[start]!;
    let previous = start > 0 ? order[start - 1]! : -1;
    for (let at = 0; at < length; at++) {
      const unit = order[start + from(at)]!;
      this.#budget.left -= 1;
      if (previous >= 0) points += pair(previous, unit);
      points += place(unit, elapsed);
      if (points >= limit) return;
      elapsed += seconds[unit]!;
      this.#stretch[at] = unit;
      previous = unit;
    }
    if (after >= 0) points += pair(previous, after);
    if (points >= limit) return;
    // A set that ends with another track is longer or shorter: then the length counts too.
    if (after < 0 && this.#valueOf(this.#points[start]! + points, previous) > this.value - LEAST_SAVING) return;
    if (this.#isOrdered && !this.#keepsOrder(length)) return;
    order.set(this.#stretch.subarray(0, length), start);
    this.#sumFrom(start);
  }

  /** Whether nothing in the stretch comes before what has to come earlier. */
  #keepsOrder(length: number): boolean {
    const { earlier } = this.#problem;
    for (let at = 0; at < length; at++) {
      const needs = earlier[this.#stretch[at]!]!;
      if (needs < 0) continue;
      for (let later = at + 1; later < length; later++) if (this.#stretch[later] === needs) return false;
    }
    return true;
  }

  #sumFrom(start: number): void {
    const { order } = this;
    const { seconds, pair, place } = this.#problem;
    for (let i = start; i < order.length; i++) {
      const unit = order[i]!;
      const step = i > 0 ? pair(order[i - 1]!, unit) : 0;
      this.#points[i + 1] = this.#points[i]! + step + place(unit, this.#elapsed[i]!);
      this.#elapsed[i + 1] = this.#elapsed[i]! + seconds[unit]!;
    }
  }
}
