import { planSet, type SetPlanOptions, type SetTrack, seededRandom } from '@tutti/music/set-planning';

/** What an order is worth when it is played as it is, up to the length. */
function scoreOf(order: readonly SetTrack[], options: SetPlanOptions): number {
  return planSet(order, { ...options, keepOrder: true }).score;
}

/** The score of each of several orders of chance, ascending. */
export function chanceScores(tracks: readonly SetTrack[], options: SetPlanOptions, rounds: number): number[] {
  const random = seededRandom(1);
  const scores = Array.from({ length: rounds }, () => {
    const left = [...tracks];
    const order: SetTrack[] = [];
    while (left.length > 0) order.push(...left.splice(Math.floor(random() * left.length), 1));
    return scoreOf(order, options);
  });
  return scores.sort((a, b) => a - b);
}

/** What a patient person does: from each of several first tracks always the cheapest next one; the best of them. */
export function greedyScore(tracks: readonly SetTrack[], options: SetPlanOptions, starts: number): number {
  const known = new Map<string, number>();
  const step = (from: SetTrack, to: SetTrack): number => {
    const pair = `${from.id}\n${to.id}`;
    if (!known.has(pair)) known.set(pair, planSet([from, to], { seed: 1, keepOrder: true }).cost);
    return known.get(pair)!;
  };
  let best = Number.POSITIVE_INFINITY;
  for (const start of tracks.slice(0, starts)) {
    const order = [start];
    const left = new Set(tracks.filter((track) => track !== start));
    let seconds = start.setSeconds;
    while (left.size > 0 && seconds < (options.lengthSeconds ?? Number.POSITIVE_INFINITY)) {
      const from = order.at(-1)!;
      const next = [...left].reduce((a, b) => (step(from, b) < step(from, a) ? b : a));
      left.delete(next);
      order.push(next);
      seconds += next.setSeconds;
    }
    best = Math.min(best, scoreOf(order, options));
  }
  return best;
}
