import { ENERGY_SHAPES, type PlannableTrack, type SetPlanOptions } from './set-plan.ts';
import { SetPlanningError } from './set-planning-error.ts';

const MAXIMUM_TRACKS = 100_000;
const MAXIMUM_CANDIDATES = 20;

/** @throws SetPlanningError when the tracks or options are out of range or contradict each other */
export function checkOptions(tracks: readonly PlannableTrack[], options: SetPlanOptions): void {
  const refuse = (message: string): never => {
    throw new SetPlanningError(message);
  };
  const { seed, candidates = 1, lengthSeconds, startId, energy } = options;
  if (tracks.length < 1 || tracks.length > MAXIMUM_TRACKS)
    refuse(`a set of ${tracks.length} tracks cannot be planned; it takes 1 to ${MAXIMUM_TRACKS}`);
  const ids = new Set<string>();
  for (const { id, seconds } of tracks) {
    if (ids.has(id)) refuse(`two tracks have the id ${JSON.stringify(id)}; each id must be different`);
    ids.add(id);
    if (!(seconds > 0 && seconds < Number.POSITIVE_INFINITY))
      refuse(`track ${JSON.stringify(id)} has ${seconds} seconds; a length must be above 0`);
  }
  if (!Number.isSafeInteger(seed)) refuse(`seed is ${seed}; it must be a whole number`);
  if (!Number.isInteger(candidates) || candidates < 1 || candidates > MAXIMUM_CANDIDATES)
    refuse(`candidates is ${candidates}; it must be a whole number between 1 and ${MAXIMUM_CANDIDATES}`);
  if (lengthSeconds !== undefined && !(lengthSeconds > 0 && lengthSeconds < Number.POSITIVE_INFINITY))
    refuse(`lengthSeconds is ${lengthSeconds}; it must be above 0`);
  if (startId !== undefined && !ids.has(startId)) refuse(`startId ${JSON.stringify(startId)} is none of the tracks`);
  if (energy !== undefined && !ENERGY_SHAPES.includes(energy))
    refuse(`energy is ${JSON.stringify(energy)}; it must be one of ${ENERGY_SHAPES.join(', ')}`);
  if (options.keepOrder === true && startId !== undefined && tracks[0]!.id !== startId)
    refuse(`the order is to be kept, and it does not open with startId ${JSON.stringify(startId)}`);
}
