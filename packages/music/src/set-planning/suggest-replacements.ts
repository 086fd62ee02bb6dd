import { type PairCost, pairCost } from './cost/pair-cost.ts';
import { trackTable } from './cost/track-table.ts';
import { SetPlanningError } from './set-planning-error.ts';
import type { SetTrack } from './set-track.ts';
import { pairReason } from './words/pair-reason.ts';

/** A track that could take the place of another one in a set. */
export interface Replacement {
  readonly id: string;
  readonly title: string;
  /** Points of the steps to it and from it; lower is better. */
  readonly cost: number;
  /** How much that is less than what the steps cost now; below 0 it would be worse. */
  readonly gain: number;
  /** The step to it and from it; null at the ends of the set. */
  readonly before: PairCost | null;
  readonly after: PairCost | null;
  readonly reason: string;
}

export interface ReplacementOptions {
  /** How many, 1 or more; 10 unless told. */
  readonly most?: number;
}

const USUAL_MOST = 10;

/**
 * Tracks of a pool that would fit best between the neighbours of a track of a set, by the costs that sets are planned with.
 * Tracks that are in the set already, and copies of their sound, are left out.
 * @param tracks the set, in order
 * @param index of the track that is to be replaced
 * @returns best first; of equals, the one that comes first in the pool
 * @throws SetPlanningError when the index is none of the set's
 */
export function suggestReplacements(
  tracks: readonly SetTrack[],
  index: number,
  pool: readonly SetTrack[],
  { most = USUAL_MOST }: ReplacementOptions = {},
): Replacement[] {
  const current = tracks[index];
  if (current === undefined)
    throw new SetPlanningError(`track ${index} cannot be replaced: the set has tracks 0 to ${tracks.length - 1}`);
  const ids = new Set(tracks.map(({ id }) => id));
  const sounds = new Set(tracks.flatMap(({ sound }) => sound ?? []));
  const free = pool.filter(({ id, sound }) => !ids.has(id) && !(sound !== null && sounds.has(sound)));
  const neighbours = [tracks[index - 1], tracks[index + 1]] as const;
  const around = neighbours.flatMap((track) => track ?? []);
  // One table for all, so that embeddings of the same model are compared.
  const table = trackTable([...around, current, ...free]);
  const [before, after] = [neighbours[0] && 0, neighbours[1] && around.length - 1];
  const costsOf = (at: number) => {
    const steps = {
      before: before === undefined ? null : pairCost(table, before, at),
      after: after === undefined ? null : pairCost(table, at, after),
    };
    return { ...steps, cost: (steps.before?.total ?? 0) + (steps.after?.total ?? 0) };
  };
  const now = costsOf(around.length).cost;
  const ranked = free.map((track, i) => ({ track, ...costsOf(around.length + 1 + i) }));
  ranked.sort((a, b) => a.cost - b.cost);
  return ranked.slice(0, most).map(({ track, cost, before: to, after: from }) => ({
    id: track.id,
    title: track.title,
    cost,
    gain: now - cost,
    before: to,
    after: from,
    reason: [
      ...(to ? [`from "${neighbours[0]!.title}": ${pairReason(neighbours[0]!, track, to)}`] : []),
      ...(from ? [`to "${neighbours[1]!.title}": ${pairReason(track, neighbours[1]!, from)}`] : []),
    ].join('; '),
  }));
}
