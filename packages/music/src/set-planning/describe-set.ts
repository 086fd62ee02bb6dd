import type { Candidate } from './candidates.ts';
import type { Units } from './constraints/units.ts';
import { pairCost } from './cost/pair-cost.ts';
import { score } from './search/order-problem.ts';
import type { PlannedPair, PlannedTrack, SetOrder, SetPlanOptions } from './set-plan.ts';
import type { Course, SetProblem } from './set-problem.ts';
import type { SetTrack } from './set-track.ts';
import { pairReason } from './words/pair-reason.ts';
import { placeReason } from './words/place-reason.ts';
import { setReason } from './words/set-reason.ts';

/** Everything that is known while a set is planned. Tracks are numbered in the order in which ties are decided. */
export interface SetDesk extends SetProblem {
  readonly tracks: readonly SetTrack[];
  readonly options: SetPlanOptions;
  readonly course: Course;
  readonly units: Units;
}

/** A set with its costs and reasons. @param candidate an order of the desk's tracks */
export function describeSet(desk: SetDesk, { order, difference }: Candidate): SetOrder {
  const { tracks, table, artists } = desk;
  let elapsed = 0;
  const planned = order.map((number): PlannedTrack => {
    const track = tracks[number]!;
    const startSeconds = elapsed;
    elapsed += track.setSeconds;
    const middle = startSeconds + track.setSeconds / 2;
    const place = Math.min(1, middle / desk.course.totalSeconds);
    return {
      id: track.id,
      title: track.title,
      startSeconds,
      targetEnergy: desk.course.energy ? desk.course.energy(place) : null,
      curveCost: desk.trackPlace(number, middle),
      reason: placeReason(track, desk.options, desk.course, place),
    };
  });
  const pairs = order.slice(1).map((to, at): PlannedPair => {
    const from = order[at]!;
    const cost = pairCost(table, from, to);
    return {
      fromId: tracks[from]!.id,
      toId: tracks[to]!.id,
      cost,
      reason: pairReason(tracks[from]!, tracks[to]!, cost),
    };
  });
  let artistCost = 0;
  if (artists) {
    for (const track of order) artistCost += artists.enter(track);
    for (const track of order) artists.leave(track);
  }
  const cost =
    pairs.reduce((sum, pair) => sum + pair.cost.total, 0) +
    planned.reduce((sum, { curveCost }) => sum + curveCost, 0) +
    artistCost;
  const last = tracks[order.at(-1)!]!;
  const seconds = elapsed + last.seconds - last.setSeconds;
  const described = {
    tracks: planned,
    pairs,
    artistCost,
    cost,
    score: score(desk.problem, cost, order.length, seconds),
    seconds,
    difference,
  };
  return {
    ...described,
    reason: setReason(
      order.map((number) => tracks[number]!),
      described,
      desk.course,
    ),
  };
}
