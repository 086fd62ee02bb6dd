import { seededRandom } from '../seeded-random.ts';
import { type FoundOrder, judge, LENGTH_TOLERANCE, type OrderProblem, score } from './order-problem.ts';
import type { StepBudget } from './rearrange.ts';
import { requiredHints } from './required-hints.ts';

/** A partial set, linked backwards to where it came from. */
interface Partial {
  readonly unit: number;
  readonly before: Partial | undefined;
  readonly points: number;
  /** Points with the least that the required units cost which are still to come. */
  readonly estimate: number;
  readonly elapsed: number;
  readonly tracks: number;
  readonly units: number;
  /** Required units that are still to come, the last one left out, and the seconds of all that are. */
  readonly missing: number;
  readonly missingSeconds: number;
  /** Stands for the set of its units, whatever their order. */
  readonly fingerprint: number;
}

/** Steps that one search may look at; the beam is as wide as that allows, between the two widths. */
const STEP_BUDGET = 12_000_000;
const WIDEST = 256;
export const NARROWEST_BEAM = 4;
/** Openings tell little about a set: so many times more of them are kept than of what comes later. */
const OPENINGS = 8;

export interface BeamOptions {
  /** Partial sets kept at each length; by the size of the problem unless told. */
  readonly width?: number;
  /** Only sets that open with a unit of this kind. */
  readonly kind?: number;
  /** Gets the units of all partial sets that survived. */
  readonly met?: Set<number>;
  /** What was looked at is taken off it. */
  readonly budget?: StepBudget;
}

/**
 * A good set by beam search: all partial sets grow by one unit at a time and the cheapest ones survive; of those that hold the
 * same units and end alike only the cheaper one does. A partial set is judged with the least that its missing required units
 * will cost, so that it does not pay to put them off. With a wanted length, the sets met on the way that have all that is
 * required compete by `score`.
 * @param problem whose constraints do not contradict each other
 */
export function beamOrder(problem: OrderProblem, options: BeamOptions = {}): FoundOrder {
  return new BeamSearch(problem, options).run();
}

/** Partial sets that one search can keep at each length. */
export function beamWidth({ count, seconds, wantedSeconds }: OrderProblem): number {
  const total = seconds.reduce((sum, own) => sum + own, 0);
  const share = wantedSeconds === undefined ? 1 : Math.min(1, (1.3 * wantedSeconds) / total);
  const steps = Math.max(1, count * share);
  return Math.max(NARROWEST_BEAM, Math.min(WIDEST, Math.floor(STEP_BUDGET / (count * steps))));
}

class BeamSearch {
  readonly #problem: OrderProblem;
  readonly #width: number;
  readonly #prints: Float64Array;
  readonly #hints: Float64Array;
  /** The most that any required unit's hint takes off. */
  readonly #mostHint: number;
  readonly #used: Uint8Array;
  readonly #kind: number | undefined;
  readonly #met: Set<number> | undefined;
  readonly #budget: StepBudget;
  #best: { partial: Partial; score: number } | undefined;

  constructor(problem: OrderProblem, { width = beamWidth(problem), kind, met, budget }: BeamOptions) {
    this.#problem = problem;
    this.#width = width;
    this.#kind = kind;
    this.#met = met;
    this.#budget = budget ?? { left: 0 };
    const random = seededRandom(problem.count);
    this.#prints = Float64Array.from({ length: problem.count }, () => Math.floor(random() * 2 ** 40));
    this.#hints = requiredHints(problem);
    this.#mostHint = this.#hints.reduce((most, hint) => Math.max(most, hint), 0);
    this.#used = new Uint8Array(problem.count);
  }

  run(): FoundOrder {
    let beam = this.#openings();
    for (let length = 1; length <= this.#problem.count && beam.partials.length > 0; length++) {
      for (const partial of beam.partials) {
        this.#offerAsWhole(partial);
        this.#met?.add(partial.unit);
      }
      const next = new Beam(this.#width);
      for (const partial of beam.partials) this.#grow(partial, next);
      beam = next;
    }
    const order: number[] = [];
    for (let at: Partial | undefined = this.#best!.partial; at !== undefined; at = at.before) order.push(at.unit);
    order.reverse();
    const { last } = this.#problem;
    return judge(this.#problem, last === undefined || order.at(-1) === last ? order : [...order, last]);
  }

  #openings(): Beam {
    const { count, first, last, required, seconds, earlier, kinds } = this.#problem;
    let missing = 0;
    let missingSeconds = last === undefined ? 0 : seconds[last]!;
    let hints = 0;
    for (let unit = 0; unit < count; unit++) {
      if (!required[unit] || unit === last) continue;
      missing += 1;
      missingSeconds += seconds[unit]!;
      hints += this.#hints[unit]!;
    }
    const beam = new Beam(this.#width * OPENINGS);
    for (let unit = 0; unit < count; unit++) {
      if (first === undefined ? this.#kind !== undefined && kinds?.[unit] !== this.#kind : first !== unit) continue;
      if (earlier[unit]! >= 0 || (unit === last && first !== last && count > 1)) continue;
      this.#extend(
        beam,
        unit,
        { before: undefined, points: 0, elapsed: 0, tracks: 0, units: 0, missing, missingSeconds, fingerprint: 0 },
        hints,
        this.#problem.place(unit, 0),
      );
    }
    return beam;
  }

  /** Puts a partial set that grew by a unit into the beam. */
  #extend(beam: Beam, unit: number, from: Omit<Partial, 'unit' | 'estimate'>, hintsLeft: number, added: number): void {
    const { required, seconds, sizes, last } = this.#problem;
    const needed = required[unit] === 1 && unit !== last;
    const points = from.points + added;
    beam.offer({
      unit,
      before: from.before,
      points,
      estimate: points + hintsLeft - (needed ? this.#hints[unit]! : 0),
      elapsed: from.elapsed + seconds[unit]!,
      tracks: from.tracks + sizes[unit]!,
      units: from.units + 1,
      missing: from.missing - (needed ? 1 : 0),
      missingSeconds: from.missingSeconds - (needed ? seconds[unit]! : 0),
      fingerprint: from.fingerprint + this.#prints[unit]!,
    });
  }

  /** A partial set with all that is required is a set, once the unit to end with is at its end. */
  #offerAsWhole(partial: Partial): void {
    const { last, seconds, tails, sizes, groups } = this.#problem;
    if (partial.missing > 0) return;
    let { points, elapsed, tracks } = partial;
    let end = partial.unit;
    if (last !== undefined && end !== last) {
      points += this.#problem.pair(end, last) + this.#problem.place(last, elapsed);
      if (groups) {
        this.#mark(partial, 1);
        points += groups.points(last);
        this.#mark(partial, 0);
      }
      elapsed += seconds[last]!;
      tracks += sizes[last]!;
      end = last;
    }
    const value = score(this.#problem, points, tracks, elapsed + tails[end]!);
    if (this.#best === undefined || value < this.#best.score) this.#best = { partial, score: value };
  }

  #grow(partial: Partial, beam: Beam): void {
    const { pair, leastPair, place, groups, required, earlier, index, last, count } = this.#problem;
    if (partial.unit === last) return;
    const hintsLeft = partial.estimate - partial.points;
    const from = { ...partial, before: partial };
    this.#mark(partial, 1);
    const visit = (next: number): void => {
      this.#budget.left -= 1;
      if (this.#used[next] || next === last) return;
      if (earlier[next]! >= 0 && !this.#used[earlier[next]!]) return;
      if (!required[next] && !this.#hasRoom(partial, next)) return;
      const hint = required[next] ? this.#hints[next]! : 0;
      const around = place(next, partial.elapsed) + (groups ? groups.points(next) : 0);
      const limit = beam.worst - partial.estimate + hint - around;
      if (limit <= 0 || leastPair(partial.unit, next) >= limit) return;
      const step = pair(partial.unit, next);
      if (step < limit) this.#extend(beam, next, from, hintsLeft, step + around);
    };
    if (index) {
      const goesOn = (least: number) => partial.estimate - this.#mostHint + least < beam.worst;
      index.walkFrom(partial.unit, partial.elapsed, goesOn, visit);
    } else for (let next = 0; next < count; next++) visit(next);
    this.#mark(partial, 0);
  }

  /** Whether a unit that nobody asked for still fits: within the tolerance, or at least nearer to the length than without it. */
  #hasRoom({ elapsed, missingSeconds }: Partial, next: number): boolean {
    const { wantedSeconds, seconds } = this.#problem;
    if (wantedSeconds === undefined) return true;
    const without = elapsed + missingSeconds;
    const withIt = without + seconds[next]!;
    return (
      without < wantedSeconds &&
      (withIt <= wantedSeconds * (1 + LENGTH_TOLERANCE) || withIt - wantedSeconds < wantedSeconds - without)
    );
  }

  #mark(partial: Partial, value: 0 | 1): void {
    const { groups } = this.#problem;
    for (let at: Partial | undefined = partial; at !== undefined; at = at.before) {
      this.#used[at.unit] = value;
      if (value === 1) groups?.enter(at.unit);
      else groups?.leave(at.unit);
    }
  }
}

/** The cheapest partial sets of one length, cheapest first. */
class Beam {
  readonly partials: Partial[] = [];
  readonly #width: number;
  readonly #byState = new Map<string, Partial>();

  constructor(width: number) {
    this.#width = width;
  }

  /** A partial set has to be cheaper than this to get in. */
  get worst(): number {
    return this.partials.length < this.#width ? Number.POSITIVE_INFINITY : this.partials.at(-1)!.estimate;
  }

  offer(partial: Partial): void {
    const { estimate } = partial;
    const state = `${partial.fingerprint}/${partial.unit}`;
    const rival = this.#byState.get(state);
    if (rival) {
      if (rival.estimate <= estimate) return;
      this.partials.splice(this.partials.indexOf(rival), 1);
    } else if (estimate >= this.worst) return;
    this.#byState.set(state, partial);
    // After its equals: who came first stays in front.
    let at = this.partials.length;
    while (at > 0 && this.partials[at - 1]!.estimate > estimate) at -= 1;
    this.partials.splice(at, 0, partial);
    if (this.partials.length > this.#width) {
      const dropped = this.partials.pop()!;
      this.#byState.delete(`${dropped.fingerprint}/${dropped.unit}`);
    }
  }
}
