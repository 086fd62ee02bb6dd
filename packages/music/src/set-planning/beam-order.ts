import { type FoundOrder, type OrderProblem, score } from './order-problem.ts';
import { seededRandom } from './seeded-random.ts';

/** A partial order, linked backwards to where it came from. */
interface Partial {
  readonly track: number;
  readonly before: Partial | undefined;
  readonly points: number;
  readonly elapsed: number;
  /** Stands for the set of its tracks, whatever their order. */
  readonly fingerprint: number;
}

/** Steps that one search may look at; the beam is as wide as that allows, between the two widths. */
const STEP_BUDGET = 40_000_000;
const WIDEST = 256;
const NARROWEST = 4;

/**
 * A good order by beam search: all partial orders grow by one track at a time and the cheapest ones survive; of those
 * that hold the same tracks and end alike only the cheaper one does. With a wanted length, the orders met on the way
 * that fit it best compete by `score`.
 * @param problem any number of tracks from 1
 * @param width partial orders kept at each length; by the size of the problem unless told
 */
export function beamOrder(problem: OrderProblem, width = beamWidth(problem)): FoundOrder {
  const { count, seconds, first, wantedSeconds } = problem;
  const random = seededRandom(count);
  const prints = Float64Array.from({ length: count }, () => Math.floor(random() * 2 ** 40));
  let beam = new Beam(width);
  for (let track = 0; track < count; track++) {
    if (first !== undefined && first !== track) continue;
    const points = problem.place(track, seconds[track]! / 2);
    beam.offer(track, undefined, points, seconds[track]!, prints[track]!);
  }
  let best: { partial: Partial; score: number } | undefined;
  const used = new Uint8Array(count);
  for (let length = 1; length <= count; length++) {
    const survivors = beam.partials;
    for (const partial of survivors) {
      if (wantedSeconds === undefined && length < count) break;
      const value = score(problem, partial.points, length, partial.elapsed);
      if (best === undefined || value < best.score) best = { partial, score: value };
    }
    beam = new Beam(width);
    for (const partial of survivors) {
      if (wantedSeconds !== undefined && partial.elapsed > wantedSeconds) continue;
      mark(used, partial, 1);
      for (let next = 0; next < count; next++) {
        if (used[next]) continue;
        const own = seconds[next]!;
        const points =
          partial.points + problem.pair(partial.track, next) + problem.place(next, partial.elapsed + own / 2);
        if (points < beam.worst) {
          beam.offer(next, partial, points, partial.elapsed + own, partial.fingerprint + prints[next]!);
        }
      }
      mark(used, partial, 0);
    }
  }
  return { order: tracksOf(best!.partial), points: best!.partial.points };
}

function beamWidth({ count, seconds, wantedSeconds }: OrderProblem): number {
  const total = seconds.reduce((sum, own) => sum + own, 0);
  const share = wantedSeconds === undefined ? 1 : Math.min(1, (1.3 * wantedSeconds) / total);
  const steps = Math.max(1, count * share);
  return Math.max(NARROWEST, Math.min(WIDEST, Math.floor(STEP_BUDGET / (count * steps))));
}

function mark(used: Uint8Array, partial: Partial, value: 0 | 1): void {
  for (let at: Partial | undefined = partial; at !== undefined; at = at.before) used[at.track] = value;
}

function tracksOf(partial: Partial): number[] {
  const order: number[] = [];
  for (let at: Partial | undefined = partial; at !== undefined; at = at.before) order.push(at.track);
  return order.reverse();
}

/** The cheapest partial orders of one length, cheapest first. */
class Beam {
  readonly partials: Partial[] = [];
  readonly #width: number;
  readonly #byState = new Map<string, Partial>();

  constructor(width: number) {
    this.#width = width;
  }

  /** An order has to be cheaper than this to get in. */
  get worst(): number {
    return this.partials.length < this.#width ? Number.POSITIVE_INFINITY : this.partials.at(-1)!.points;
  }

  offer(track: number, before: Partial | undefined, points: number, elapsed: number, fingerprint: number): void {
    const state = `${fingerprint}/${track}`;
    const rival = this.#byState.get(state);
    if (rival) {
      if (rival.points <= points) return;
      this.partials.splice(this.partials.indexOf(rival), 1);
    }
    const partial = { track, before, points, elapsed, fingerprint };
    this.#byState.set(state, partial);
    // After its equals: who came first, by the order of the tracks, stays in front.
    let at = this.partials.length;
    while (at > 0 && this.partials[at - 1]!.points > points) at -= 1;
    this.partials.splice(at, 0, partial);
    if (this.partials.length > this.#width) {
      const dropped = this.partials.pop()!;
      this.#byState.delete(`${dropped.fingerprint}/${dropped.track}`);
    }
  }
}
