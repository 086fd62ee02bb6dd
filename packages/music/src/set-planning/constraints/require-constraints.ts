import type { SetDesk } from '../describe-set.ts';
import { SetPlanningError } from '../set-planning-error.ts';
import { OFF_PATH_POINTS } from '../set-problem.ts';
import { requiredIds } from './required-ids.ts';

/**
 * Makes sure that an order of tracks is what was asked for. Of what the search holds by itself it is a check; a given order and a
 * tempo path may really not allow it.
 * @param order numbers of the desk's tracks
 * @throws SetPlanningError naming the constraint that does not hold
 */
export function requireConstraints(desk: SetDesk, order: readonly number[]): void {
  const { tracks, options, course, trackPlace } = desk;
  const { firstId, lastId, orderIds = [], pairIds = [], keepOrder } = options;
  const why = keepOrder ? 'the order given is to be kept' : 'no set was found';
  const ids = order.map((track) => tracks[track]!.id);
  const titles = new Map(tracks.map(({ id, title }) => [id, title]));
  const say = (id: string) => JSON.stringify(titles.get(id));
  if (firstId !== undefined && ids[0] !== firstId)
    throw new SetPlanningError(`${why}, and it opens with ${say(ids[0]!)}, not with ${say(firstId)}`, 'first');
  if (lastId !== undefined && ids.at(-1) !== lastId)
    throw new SetPlanningError(`${why}, and it ends with ${say(ids.at(-1)!)}, not with ${say(lastId)}`, 'last');
  const places = new Map(ids.map((id, place) => [id, place]));
  for (const [id, constraint] of requiredIds(options))
    if (!places.has(id))
      throw new SetPlanningError(`${why}, and within the length asked for there is no ${say(id)}`, constraint);
  for (let i = 1; i < orderIds.length; i++) {
    if (places.get(orderIds[i - 1]!)! > places.get(orderIds[i]!)!)
      throw new SetPlanningError(`${why}, and it has ${say(orderIds[i]!)} before ${say(orderIds[i - 1]!)}`, 'order');
  }
  for (const [from, to] of pairIds) {
    if (places.get(to) !== places.get(from)! + 1)
      throw new SetPlanningError(`${why}, and ${say(to)} does not follow ${say(from)} in it`, 'pairs');
  }
  if (!course.tempo) return;
  let elapsed = 0;
  for (const track of order) {
    const { setSeconds, title, bpm } = tracks[track]!;
    const middle = elapsed + setSeconds / 2;
    elapsed += setSeconds;
    if (trackPlace(track, middle) < OFF_PATH_POINTS) continue;
    const asked = course.tempo(Math.min(1, middle / course.totalSeconds));
    throw new SetPlanningError(
      `${why} in which each track is within 8 % of the path: "${title}" with ${bpm!.toFixed(1)} BPM comes where ${asked.toFixed(1)} BPM are asked for`,
      'tempo path',
    );
  }
}
