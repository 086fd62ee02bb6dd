import { type FoundOrder, type OrderProblem, pointsOf } from './order-problem.ts';

/** Steps from track to track that one improvement may look at: about a second. */
const STEP_BUDGET = 30_000_000;
/** Tracks that move together, and the longest stretch of the set that one change touches. */
const LONGEST_MOVE = 3;
const LONGEST_STRETCH = 80;
/** A change has to save more than rounding does. */
const LEAST_SAVING = 1e-9;

/**
 * Betters an order by moving one to three neighbouring tracks elsewhere (either way round) and by turning stretches
 * around, as long as that saves points. A beam never looks back at its first choices and is left with what nobody
 * wanted; this mends it.
 * Source: 2-opt (Croes 1958) and Or-opt (Or 1976), the usual local moves of the travelling salesman.
 */
export function improveOrder(problem: OrderProblem, found: FoundOrder): FoundOrder {
  const held = problem.first === undefined ? 0 : 1;
  const desk = new Rearrangement(problem, found.order);
  for (let before = Number.POSITIVE_INFINITY; desk.points < before - LEAST_SAVING && desk.stepsLeft > 0; ) {
    before = desk.points;
    for (let start = held; start < found.order.length; start++) improveFrom(desk, start);
  }
  return { order: [...desk.order], points: pointsOf(problem, [...desk.order]) };
}

/** Tries every change of a stretch that begins at `start`. */
function improveFrom(desk: Rearrangement, start: number): void {
  const longest = Math.min(LONGEST_STRETCH, desk.order.length - start);
  for (let length = 2; length <= longest; length++) {
    desk.attempt(start, length, (at) => length - 1 - at);
    for (let size = 1; size <= LONGEST_MOVE && size < length; size++) {
      const rest = length - size;
      // The first `size` tracks go to the end of the stretch, or the last ones to its front; as they are or turned.
      desk.attempt(start, length, (at) => (at < rest ? at + size : at - rest));
      desk.attempt(start, length, (at) => (at < size ? at + rest : at - size));
      if (size === 1) continue;
      desk.attempt(start, length, (at) => (at < rest ? at + size : length - 1 - at));
      desk.attempt(start, length, (at) => (at < size ? length - 1 - at : at - size));
    }
    if (desk.stepsLeft <= 0) return;
  }
}

/** An order with what it costs up to each track. The time before and after a rearranged stretch stays as it was. */
class Rearrangement {
  readonly order: Int32Array;
  stepsLeft = STEP_BUDGET;
  readonly #problem: OrderProblem;
  /** Points and seconds of all tracks before each, and of all at the end. */
  readonly #points: Float64Array;
  readonly #elapsed: Float64Array;
  readonly #stretch = new Int32Array(LONGEST_STRETCH);

  constructor(problem: OrderProblem, order: readonly number[]) {
    this.#problem = problem;
    this.order = Int32Array.from(order);
    this.#points = new Float64Array(order.length + 1);
    this.#elapsed = new Float64Array(order.length + 1);
    this.#sumFrom(0);
  }

  get points(): number {
    return this.#points.at(-1)!;
  }

  /** Rearranges a stretch so that its place `at` gets the track from its place `from(at)`, if that saves points. */
  attempt(start: number, length: number, from: (at: number) => number): void {
    const { order } = this;
    const { seconds, pair, place } = this.#problem;
    const end = start + length;
    // The step out of the stretch changes too: its points are counted with the track after it.
    const after = end < order.length ? order[end]! : -1;
    const leaving = after < 0 ? 0 : pair(order[end - 1]!, after);
    const limit = this.#points[end]! - this.#points[start]! + leaving - LEAST_SAVING;
    let points = 0;
    let elapsed = this.#elapsed[start]!;
    let previous = start > 0 ? order[start - 1]! : -1;
    for (let at = 0; at < length; at++) {
      const track = order[start + from(at)]!;
      this.stepsLeft -= 1;
      if (previous >= 0) points += pair(previous, track);
      points += place(track, elapsed + seconds[track]! / 2);
      if (points >= limit) return;
      elapsed += seconds[track]!;
      this.#stretch[at] = track;
      previous = track;
    }
    if (after >= 0) points += pair(previous, after);
    if (points >= limit) return;
    order.set(this.#stretch.subarray(0, length), start);
    this.#sumFrom(start);
  }

  #sumFrom(start: number): void {
    const { order } = this;
    const { seconds, pair, place } = this.#problem;
    for (let i = start; i < order.length; i++) {
      const track = order[i]!;
      const own = seconds[track]!;
      const step = i > 0 ? pair(order[i - 1]!, track) : 0;
      this.#points[i + 1] = this.#points[i]! + step + place(track, this.#elapsed[i]! + own / 2);
      this.#elapsed[i + 1] = this.#elapsed[i]! + own;
    }
  }
}
