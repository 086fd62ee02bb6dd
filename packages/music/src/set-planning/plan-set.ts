import { type Candidate, findCandidates, LEAST_DIFFERENCE } from './candidates.ts';
import { checkOptions } from './constraints/check-options.ts';
import { choosePool } from './constraints/choose-pool.ts';
import { requireConstraints } from './constraints/require-constraints.ts';
import { unitsOf } from './constraints/units.ts';
import { describeSet, type SetDesk } from './describe-set.ts';
import { drawnCurve } from './drawn-curve.ts';
import { energyCurve } from './energy-curve.ts';
import { MAXIMUM_EXACT_UNITS } from './search/exact-order.ts';
import { LENGTH_TOLERANCE } from './search/order-problem.ts';
import { searchSet } from './search/search-set.ts';
import { seededRandom, shuffledIndices } from './seeded-random.ts';
import type { SetPlan, SetPlanOptions } from './set-plan.ts';
import { SetPlanningError } from './set-planning-error.ts';
import { type Course, setProblem } from './set-problem.ts';
import type { SetTrack } from './set-track.ts';
import { minutesWords } from './words/numbers.ts';

/**
 * Chooses tracks for a length, or takes all of them, and puts them into the order in which they are best played one after
 * the other.
 * Stages: the tracks that are allowed -> constraints as units that move together -> costs of steps, of places (energy curve, tempo
 * path) and of artists that come again -> exact search up to 14 units, beam search with local improvement above -> other
 * sets that differ -> reasons.
 * @param tracks 1 to 100,000 with different ids; their order matters only with `keepOrder`
 * @returns every track once when no length is wanted; within 5 % of the length when one is and the tracks allow it, else a warning says by
 *   how much it is missed; the same plan for the same tracks, options and seed
 * @throws SetPlanningError when an option is out of range, or constraints cannot be met: it names the one
 */
export function planSet(tracks: readonly SetTrack[], options: SetPlanOptions): SetPlan {
  checkOptions(tracks, options);
  const warnings: string[] = [];
  const desk = prepare(choosePool(tracks, options, warnings), options, warnings);
  const candidates = options.keepOrder === true ? [givenOrder(desk)] : search(desk, warnings);
  for (const { order } of candidates) requireConstraints(desk, order);
  const [best, ...alternatives] = candidates.map((candidate) => describeSet(desk, candidate));
  warnAboutLength(desk, best!.seconds, warnings);
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

function prepare(pool: readonly SetTrack[], options: SetPlanOptions, warnings: string[]): SetDesk {
  const tracks = options.keepOrder === true ? pool : shuffled(pool, options.seed);
  const available = tracks.reduce((sum, { setSeconds }) => sum + setSeconds, 0);
  const wanted = options.lengthSeconds;
  if (wanted !== undefined && wanted > available) {
    warnings.push(
      `all tracks together make about ${minutesWords(available)}, less than the ${minutesWords(wanted)} asked for: every track is used`,
    );
  }
  const wantedSeconds = wanted !== undefined && wanted <= available ? wanted : undefined;
  const energy = options.energy === undefined ? undefined : energyCurve(options.energy, tracks);
  if (options.energy !== undefined && energy === undefined)
    warnings.push('no track has a known energy, so the set cannot follow a curve');
  const course: Course = {
    energy,
    tempo: options.tempoPath && drawnCurve(options.tempoPath),
    totalSeconds: wantedSeconds ?? available,
    wantedSeconds,
  };
  const { lengthSeconds: _, ...unlimited } = options;
  const units = unitsOf(tracks, wantedSeconds === undefined ? unlimited : options);
  requireRoom(tracks, units, course);
  return { tracks, options, course, units, ...setProblem(tracks, units, course) };
}

/** The seed decides ties: searches prefer the track that comes first. By id first, so that the given order does not. */
function shuffled(tracks: readonly SetTrack[], seed: number): SetTrack[] {
  const byId = tracks.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return shuffledIndices(byId.length, seededRandom(seed)).map((index) => byId[index]!);
}

/** @throws SetPlanningError when what must be in the set is longer than it may be */
function requireRoom(tracks: readonly SetTrack[], units: SetDesk['units'], { wantedSeconds }: Course): void {
  if (wantedSeconds === undefined) return;
  const musts = units.tracks.flatMap((unit, number) => (units.required[number] ? unit : []));
  const seconds = musts.reduce((sum, track) => sum + tracks[track]!.setSeconds, 0);
  const most = wantedSeconds * (1 + LENGTH_TOLERANCE);
  if (musts.length > 1 && seconds > most) {
    throw new SetPlanningError(
      `the ${musts.length} tracks that have to be in the set make ${minutesWords(seconds)}, more than the ${minutesWords(wantedSeconds)} asked for`,
      'length',
    );
  }
}

function methodOf({ options, problem }: SetDesk): SetPlan['method'] {
  if (options.keepOrder === true) return 'given order';
  return options.exhaustive !== false && problem.count <= MAXIMUM_EXACT_UNITS ? 'exact' : 'search';
}

/** The order as given, up to the track that brings it nearest to a wanted length; in tracks, not units. */
function givenOrder({ tracks, course }: SetDesk): Candidate {
  const order = tracks.map((_, track) => track);
  const { wantedSeconds } = course;
  if (wantedSeconds === undefined) return { order, difference: null };
  let elapsed = 0;
  const misses = order.map((track) => {
    const { seconds, setSeconds } = tracks[track]!;
    const miss = Math.abs(elapsed + seconds - wantedSeconds);
    elapsed += setSeconds;
    return miss;
  });
  return { order: order.slice(0, misses.indexOf(misses.reduce((a, b) => Math.min(a, b))) + 1), difference: null };
}

/** The best set and, when more candidates are wanted, others; in tracks, not units. */
function search({ problem, units, options }: SetDesk, warnings: string[]): Candidate[] {
  const { candidates = 1, seed, exhaustive = true } = options;
  const random = seededRandom(seed);
  const found = findCandidates(problem, candidates, (each) => searchSet(each, random, exhaustive));
  if (found.length < candidates) {
    const { chosen, all } = LEAST_DIFFERENCE;
    const measure =
      problem.wantedSeconds === undefined
        ? `a third (${all.toFixed(2)}) of its steps`
        : `half (${chosen.toFixed(2)}) of its freely chosen tracks`;
    warnings.push(
      `${found.length} of ${candidates} candidates: there is no other set that differs in ${measure} from each of them`,
    );
  }
  return found.map(({ order, difference }) => ({ order: order.flatMap((unit) => units.tracks[unit]!), difference }));
}

function warnAboutLength({ course }: SetDesk, seconds: number, warnings: string[]): void {
  const { wantedSeconds } = course;
  if (wantedSeconds === undefined) return;
  const miss = seconds - wantedSeconds;
  if (Math.abs(miss) <= wantedSeconds * (LENGTH_TOLERANCE + 1e-9)) return;
  warnings.push(
    `the set is ${minutesWords(Math.abs(miss))} ${miss > 0 ? 'longer' : 'shorter'} than the ${minutesWords(wantedSeconds)} asked for: no set was found that is nearer`,
  );
}
