import type { IsAllowed, NearTrack, SoundIndex } from './sound-index.ts';

/** Tracks that are looked at for each place of a path. */
const CHOICES = 24;

/**
 * A way from one track to another in steps that sound alike: each track lies between those beside it.
 * Stages: places at equal distances on the straight line between the two -> the tracks nearest to each place -> one for
 * each so that the sum of the squared steps is least (dynamic programming): many small steps are cheaper than a leap.
 * A track comes once: where two places would take the same one, that which it lies nearer to keeps it, and the way is
 * looked for again.
 * @param between how many tracks lie between the two, 0 to 1000; fewer where the index has no more
 * @param isAllowed which may lie between; all when absent
 * @returns from `from` to `to`, each with its distance from the one before (0 of the first)
 * @throws RangeError when either is not in the index, or both are one
 */
export function sonicPath(
  index: SoundIndex,
  ends: { readonly from: string; readonly to: string },
  between: number,
  isAllowed: IsAllowed = () => true,
): NearTrack[] {
  const [start, goal] = [ends.from, ends.to].map((id) => {
    const values = index.vectorOf(id);
    if (!values) throw new RangeError(`${id} has no place among the tracks`);
    return Float64Array.from(values);
  }) as [Float64Array, Float64Array];
  if (ends.from === ends.to) throw new RangeError('a path leads from one track to another, not to itself');
  const isBetween: IsAllowed = (id, row) => id !== ends.from && id !== ends.to && isAllowed(id, row);
  const allowed = index.allowedRows(isBetween);
  const count = Math.min(between, index.nearest(start, Math.max(1, between), allowed).length);
  // So many that enough are left when all other places have taken one.
  const near = Array.from({ length: count }, (_, place) =>
    index.nearest(pointOf(place, count, [start, goal]), CHOICES + count, allowed).map(({ id }) => id),
  );
  const settled = new Map<number, string>();
  for (;;) {
    const taken = new Set(settled.values());
    const choices = near.map((ids, place) => {
      const own = settled.get(place);
      return own === undefined ? ids.filter((id) => !taken.has(id)).slice(0, CHOICES) : [own];
    });
    const ids = cheapestWay(choices, index, [start, goal]);
    const twice = ids.find((id, place) => ids.indexOf(id) < place);
    if (twice === undefined) return measured([ends.from, ...ids, ends.to], index);
    // That place keeps it and is settled; each round settles one more.
    settled.set(nearestPlace(twice, ids, index, [start, goal]), twice);
  }
}

/** The straight line from one end to the other, at one of `count` places between. */
function pointOf(place: number, count: number, [start, goal]: readonly [Float64Array, Float64Array]): Float64Array {
  const share = (place + 1) / (count + 1);
  return start.map((value, i) => value + share * (goal[i]! - value));
}

/** Of the places that took a track, the one that it lies nearest to. */
function nearestPlace(
  id: string,
  ids: readonly string[],
  index: SoundIndex,
  ends: readonly [Float64Array, Float64Array],
): number {
  const vector = index.vectorOf(id)!;
  const away = (place: number) => squaredDistance(pointOf(place, ids.length, ends), vector);
  const places = ids.flatMap((other, place) => (other === id ? [place] : []));
  return places.reduce((best, place) => (away(place) < away(best) ? place : best));
}

/** One of the choices of each place, so that the squared steps from the start over all of them to the goal are least. */
function cheapestWay(
  choices: readonly (readonly string[])[],
  index: SoundIndex,
  [start, goal]: readonly [Float64Array, Float64Array],
): string[] {
  let costs = [0];
  let vectors: ArrayLike<number>[] = [start];
  const cameFrom: number[][] = [];
  for (const place of choices) {
    const here = place.map((id) => index.vectorOf(id)!);
    const steps = here.map((vector) => cheapestStep(vector, vectors, costs));
    cameFrom.push(steps.map(({ from }) => from));
    costs = steps.map(({ cost }) => cost);
    vectors = here;
  }
  let at = cheapestStep(goal, vectors, costs).from;
  const ids: string[] = [];
  for (let place = choices.length - 1; place >= 0; place--) {
    ids.unshift(choices[place]![at]!);
    at = cameFrom[place]![at]!;
  }
  return ids;
}

function cheapestStep(vector: ArrayLike<number>, before: readonly ArrayLike<number>[], costs: readonly number[]) {
  let best = { from: 0, cost: Number.POSITIVE_INFINITY };
  before.forEach((other, from) => {
    const cost = costs[from]! + squaredDistance(vector, other);
    if (cost < best.cost) best = { from, cost };
  });
  return best;
}

function measured(ids: readonly string[], index: SoundIndex): NearTrack[] {
  return ids.map((id, i) => {
    const step = i === 0 ? 0 : squaredDistance(index.vectorOf(id)!, index.vectorOf(ids[i - 1]!)!);
    return { id, distance: Math.sqrt(step) };
  });
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
