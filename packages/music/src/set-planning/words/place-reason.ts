import type { SetPlanOptions } from '../set-plan.ts';
import type { Course } from '../set-problem.ts';
import type { SetTrack } from '../set-track.ts';
import { levelWords } from './numbers.ts';

function askedBy({ id }: SetTrack, options: SetPlanOptions): string {
  const { firstId, lastId, mustIds = [], orderIds = [], pairIds = [] } = options;
  if (id === firstId) return 'chosen to open; ';
  if (id === lastId) return 'chosen to end; ';
  if (orderIds.includes(id)) return `number ${orderIds.indexOf(id) + 1} of the order asked for; `;
  if (pairIds.some((pair) => pair.includes(id))) return 'of a fixed pair; ';
  return mustIds.includes(id) ? 'must be in; ' : '';
}

/** Why a track has its place: what asked for it, what the curves ask for there and what the track has. */
export function placeReason(track: SetTrack, options: SetPlanOptions, course: Course, place: number): string {
  const level = `energy ${levelWords(track.energyLevel)}`;
  const tempo =
    course.tempo && track.bpm !== null
      ? `; ${track.bpm.toFixed(1)} BPM where the path has ${course.tempo(place).toFixed(1)}`
      : '';
  const asked = askedBy(track, options);
  if (options.energy === undefined) return `${asked}${level}, no energy curve asked for${tempo}`;
  if (!course.energy) return `${asked}${level}, no track has a known energy${tempo}`;
  const curve = typeof options.energy === 'string' ? options.energy : 'the drawn curve';
  return `${asked}${level} where ${curve} asks for ${course.energy(place).toFixed(1)}${tempo}`;
}
