import { beamOrder } from './beam-order.ts';
import { checkOptions } from './check-options.ts';
import { pairCost } from './cost.ts';
import { curvePoints, type EnergyCurve, energyCurve } from './energy-curve.ts';
import { exactOrder, MAXIMUM_EXACT_TRACKS } from './exact-order.ts';
import { featuresOf, type TrackFeatures } from './features.ts';
import { improveOrder } from './improve-order.ts';
import { type OrderProblem, pointsOf, score } from './order-problem.ts';
import { pairReason, placeReason } from './reasons.ts';
import { seededRandom, shuffledIndices } from './seeded-random.ts';
import type { PlannableTrack, SetOrder, SetPlan, SetPlanOptions } from './set-plan.ts';

/** Points added to a step that an earlier candidate took, so that the next one is a real alternative. */
const REPEATED_PAIR_POINTS = 0.5;

/** The tracks as numbers, in the order in which ties are decided, with all that the costs need. */
interface Desk {
  readonly tracks: readonly PlannableTrack[];
  readonly features: readonly TrackFeatures[];
  readonly options: SetPlanOptions;
  readonly curve: EnergyCurve | undefined;
  /** Length that the curve is laid over. */
  readonly totalSeconds: number;
  readonly problem: OrderProblem;
}

/**
 * Puts tracks into the order in which they are best played one after the other.
 * Stages: costs between tracks (key, tempo, energy, loudness) and of places (energy curve) -> exact search up to 12
 * tracks, beam search with local improvement above -> reasons.
 * @param tracks 1 to 100,000 with different ids; their order matters only with `keepOrder`
 * @returns every track once when no length is wanted; the same plan for the same tracks, options and seed
 * @throws SetPlanningError when an option is out of range or contradicts another
 */
export function planSet(tracks: readonly PlannableTrack[], options: SetPlanOptions): SetPlan {
  checkOptions(tracks, options);
  const warnings: string[] = [];
  const desk = prepare(tracks, options, warnings);
  const orders = options.keepOrder === true ? [givenOrder(desk)] : search(desk);
  const [best, ...alternatives] = orders.map((order) => describe(desk, order));
  const used = new Set(best!.tracks.map(({ id }) => id));
  return {
    ...best!,
    method: methodOf(desk),
    seed: options.seed,
    alternatives,
    leftOut: tracks.flatMap(({ id }) => (used.has(id) ? [] : [id])),
    warnings,
  };
}

function prepare(given: readonly PlannableTrack[], options: SetPlanOptions, warnings: string[]): Desk {
  const tracks = options.keepOrder === true ? given : shuffled(given, options.seed);
  const features = tracks.map(featuresOf);
  const seconds = Float64Array.from(features, ({ setSeconds }) => setSeconds);
  const available = seconds.reduce((sum, own) => sum + own, 0);
  const wanted = options.lengthSeconds;
  if (wanted !== undefined && wanted > available) {
    warnings.push(
      `all tracks together make about ${minutes(available)}, less than the ${minutes(wanted)} asked for: every track is used`,
    );
  }
  const wantedSeconds = wanted !== undefined && wanted < available ? wanted : undefined;
  const totalSeconds = wantedSeconds ?? available;
  const curve = options.energy === undefined ? undefined : energyCurve(options.energy, features);
  if (options.energy !== undefined && curve === undefined)
    warnings.push(`no track's energy is known, so the set cannot follow a ${options.energy}`);
  const first = options.startId === undefined ? -1 : tracks.findIndex(({ id }) => id === options.startId);
  const problem: OrderProblem = {
    count: tracks.length,
    seconds,
    pair: pairPoints(features),
    place: (track, middle) => (curve ? curvePoints(features[track]!.energyLevel, curve(middle / totalSeconds)) : 0),
    first: first < 0 ? undefined : first,
    wantedSeconds,
  };
  return { tracks, features, options, curve, totalSeconds, problem };
}

/** The seed decides ties: searches prefer the track that comes first. By id first, so that the given order does not. */
function shuffled(tracks: readonly PlannableTrack[], seed: number): PlannableTrack[] {
  const byId = tracks.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return shuffledIndices(byId.length, seededRandom(seed)).map((index) => byId[index]!);
}

/** Up to so many tracks the cost of every pair is kept (32 MB); above that it is worked out anew each time. */
const MAXIMUM_TABLE_TRACKS = 2000;

function pairPoints(features: readonly TrackFeatures[]): OrderProblem['pair'] {
  const count = features.length;
  const compute = (from: number, to: number) => pairCost(features[from]!, features[to]!).total;
  if (count > MAXIMUM_TABLE_TRACKS) return compute;
  const table = new Float64Array(count * count);
  for (let at = 0; at < table.length; at++) table[at] = compute(Math.floor(at / count), at % count);
  return (from, to) => table[from * count + to]!;
}

function methodOf({ options, problem }: Desk): SetPlan['method'] {
  if (options.keepOrder === true) return 'given order';
  return problem.count <= MAXIMUM_EXACT_TRACKS ? 'exact' : 'beam search';
}

/** The order as given, up to the track that brings it nearest to a wanted length. */
function givenOrder({ problem }: Desk): number[] {
  const order = Array.from({ length: problem.count }, (_, track) => track);
  const { wantedSeconds, seconds } = problem;
  if (wantedSeconds === undefined) return order;
  let elapsed = 0;
  const misses = order.map((track) => {
    elapsed += seconds[track]!;
    return Math.abs(elapsed - wantedSeconds);
  });
  return order.slice(0, misses.indexOf(misses.reduce((a, b) => Math.min(a, b))) + 1);
}

/** The best order and, when more candidates are wanted, others that share few of its steps. */
function search({ problem, options }: Desk): number[][] {
  const taken = new Set<number>();
  const step = (from: number, to: number) => from * problem.count + to;
  const found = new Map<string, { order: number[]; value: number }>();
  for (let candidate = 0; candidate < (options.candidates ?? 1); candidate++) {
    const varied: OrderProblem = {
      ...problem,
      pair: (from, to) => problem.pair(from, to) + (taken.has(step(from, to)) ? REPEATED_PAIR_POINTS : 0),
    };
    const order = [...bestOrder(candidate === 0 ? problem : varied)];
    for (let i = 1; i < order.length; i++) taken.add(step(order[i - 1]!, order[i]!));
    const elapsed = order.reduce((sum, track) => sum + problem.seconds[track]!, 0);
    const value = score(problem, pointsOf(problem, order), order.length, elapsed);
    if (!found.has(order.join())) found.set(order.join(), { order, value });
  }
  return [...found.values()].sort((a, b) => a.value - b.value).map(({ order }) => order);
}

function bestOrder(problem: OrderProblem): readonly number[] {
  if (problem.count <= MAXIMUM_EXACT_TRACKS) return exactOrder(problem).order;
  return improveOrder(problem, beamOrder(problem)).order;
}

function describe(desk: Desk, order: readonly number[]): SetOrder {
  const { tracks, features, options, curve, totalSeconds, problem } = desk;
  let elapsed = 0;
  const planned = order.map((index) => {
    const track = tracks[index]!;
    const own = problem.seconds[index]!;
    const middle = elapsed + own / 2;
    elapsed += own;
    const target = curve ? curve(middle / totalSeconds) : null;
    const opens = track.id === options.startId;
    return {
      id: track.id,
      title: track.title,
      targetEnergy: target,
      curveCost: problem.place(index, middle),
      reason: placeReason(features[index]!, options.energy, target, opens),
    };
  });
  const pairs = order.slice(1).map((to, at) => {
    const from = order[at]!;
    return {
      fromId: tracks[from]!.id,
      toId: tracks[to]!.id,
      cost: pairCost(features[from]!, features[to]!),
      reason: pairReason(features[from]!, features[to]!),
    };
  });
  // The last track is played to its end.
  const last = order.at(-1)!;
  const seconds = elapsed + tracks[last]!.seconds - problem.seconds[last]!;
  return { tracks: planned, pairs, cost: pointsOf(problem, order), seconds };
}

function minutes(seconds: number): string {
  return `${(seconds / 60).toFixed(1)} minutes`;
}
