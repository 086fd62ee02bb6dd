import { type FoundOrder, judge, lengthPoints, type OrderProblem } from './order-problem.ts';
import { LEAST_SAVING, type StepBudget } from './rearrange.ts';

/** Units for one place that are judged exactly, of all that are looked at. */
const SHORTLIST = 16;
/** Points by which a unit may seem worse than what is there, and still be judged: later ones may gain by its length. */
const MOST_WORSE = 0.5;

/** Where a unit could go: between two others, or at an end (-1), in the place of `out` or of nothing. */
interface Gap {
  readonly at: number;
  readonly before: number;
  readonly after: number;
  readonly startSeconds: number;
  readonly out: number | undefined;
}

/**
 * Betters the choice for a wanted length: units are exchanged for others, put in between or taken out, as long as that lowers
 * the score. All units are looked at for each place by what is quickly told; the best of them are judged exactly.
 * @param met gets the units that were shortlisted
 */
export function exchange(problem: OrderProblem, found: FoundOrder, budget: StepBudget, met?: Set<number>): FoundOrder {
  let best = found;
  for (let before = Number.POSITIVE_INFINITY; best.score < before - LEAST_SAVING && budget.left > 0; ) {
    before = best.score;
    for (let at = 0; at <= best.order.length; at++) best = improveAt(problem, best, at, budget, met);
  }
  return best;
}

/** The best of: as it is, without the unit at a place, another one there, one more before it. */
function improveAt(
  problem: OrderProblem,
  found: FoundOrder,
  at: number,
  budget: StepBudget,
  met: Set<number> | undefined,
): FoundOrder {
  const { order } = found;
  const unit = order[at];
  let best = found;
  const consider = (changed: readonly number[]): void => {
    const judged = judge(problem, changed);
    if (judged.score < best.score - LEAST_SAVING) best = judged;
  };
  const isFree = unit !== undefined && !problem.required[unit];
  if (isFree && order.length > 1) consider(order.toSpliced(at, 1));
  if (isFree) {
    for (const next of shortlist(problem, found, gapAt(problem, order, at, true), budget)) {
      met?.add(next);
      consider(order.with(at, next));
    }
  }
  const isHeld = (at === 0 && problem.first !== undefined) || (at === order.length && problem.last !== undefined);
  if (!isHeld) {
    for (const next of shortlist(problem, found, gapAt(problem, order, at, false), budget)) {
      met?.add(next);
      consider(order.toSpliced(at, 0, next));
    }
  }
  return best;
}

function gapAt({ seconds }: OrderProblem, order: readonly number[], at: number, inPlace: boolean): Gap {
  let startSeconds = 0;
  for (let i = 0; i < at; i++) startSeconds += seconds[order[i]!]!;
  return {
    at,
    before: order[at - 1] ?? -1,
    after: order[inPlace ? at + 1 : at] ?? -1,
    startSeconds,
    out: inPlace ? order[at] : undefined,
  };
}

/** The units that fit best into a gap, as far as is quickly told: what comes later is taken to stay as it is. */
function shortlist(problem: OrderProblem, current: FoundOrder, gap: Gap, budget: StepBudget): number[] {
  const { leastPair, place, groups, required, sizes, seconds, tails } = problem;
  const { order, points } = current;
  const wanted = problem.wantedSeconds!;
  const rest = gap.out === undefined ? order : order.filter((unit) => unit !== gap.out);
  // Without the unit that goes out, the points are those of the set less its own: places of later ones stay.
  const kept = gap.out === undefined ? points - stepBetween(problem, gap) : points - pointsOfUnit(problem, order, gap);
  let tracks = 0;
  let inner = 0;
  for (const unit of rest) {
    tracks += sizes[unit]!;
    inner += seconds[unit]!;
    groups?.enter(unit);
  }
  const used = new Set(order);
  const found: { unit: number; score: number }[] = [];
  let looked = 0;
  const count = tracks + 1;
  const mostScore = current.score + MOST_WORSE / count;
  const limit = () => (found.length < SHORTLIST ? mostScore : Math.min(mostScore, found.at(-1)!.score));
  const visit = (unit: number): void => {
    // What has several tracks is required: whoever gets past this is one track.
    if (required[unit] || used.has(unit)) return;
    looked += 1;
    let sum = kept + place(unit, gap.startSeconds);
    const worst = limit();
    const end = gap.after < 0 ? unit : rest.at(-1)!;
    const length = lengthPoints(inner + seconds[unit]! + tails[end]!, wanted);
    if (sum / count + length >= worst) return;
    if (gap.before >= 0) sum += leastPair(gap.before, unit);
    if (gap.after >= 0) sum += leastPair(unit, gap.after);
    if (groups) sum += groups.points(unit);
    const value = sum / count + length;
    if (value >= worst) return;
    let at = found.length;
    while (at > 0 && found[at - 1]!.score > value) at -= 1;
    found.splice(at, 0, { unit, score: value });
    if (found.length > SHORTLIST) found.pop();
  };
  if (problem.index && gap.before >= 0) {
    problem.index.walkFrom(gap.before, gap.startSeconds, (least) => (kept + least) / count < limit(), visit);
  } else for (let unit = 0; unit < problem.count; unit++) visit(unit);
  for (const unit of rest) groups?.leave(unit);
  budget.left -= looked;
  return found.map(({ unit }) => unit);
}

function stepBetween({ pair }: OrderProblem, { before, after }: Gap): number {
  return before >= 0 && after >= 0 ? pair(before, after) : 0;
}

/** Points that go with the unit in a gap: its place, its group and both its steps. */
function pointsOfUnit(
  problem: OrderProblem,
  order: readonly number[],
  { before, after, startSeconds, out }: Gap,
): number {
  const { pair, place, groups } = problem;
  let sum = place(out!, startSeconds);
  if (before >= 0) sum += pair(before, out!);
  if (after >= 0) sum += pair(out!, after);
  if (groups) {
    for (const unit of order) if (unit !== out) groups.enter(unit);
    sum += groups.points(out!);
    for (const unit of order) if (unit !== out) groups.leave(unit);
  }
  return sum;
}
