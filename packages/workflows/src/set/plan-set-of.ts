import { SET_PLAN_SCHEMA, type SetPlanDocument } from '@tutti/contract';
import { planSet, type SetOrder, type SetPlan } from '@tutti/music/set-planning';
import { camelotOf } from '@tutti/music/theory';
import { filteredCandidates } from './filtered-candidates.ts';
import type { SetCandidate } from './set-candidate.ts';
import { type SetRequest, setPlanOptions } from './set-request.ts';

/**
 * Plans sets of analysed files.
 * @param candidates one for each file, at least one
 * @returns at least one, best first; fewer than asked for when there are no more different ones
 * @throws WorkflowError when a named track is none of the files, or the filter means none; SetPlanningError when what is asked for cannot be met
 */
export function planSetOf(candidates: readonly SetCandidate[], request: SetRequest): SetPlanDocument[] {
  const meant = filteredCandidates(candidates, request.filter);
  const byPath = new Map(meant.map((candidate) => [candidate.path, candidate]));
  const plan = planSet(
    meant.map(({ track }) => track),
    setPlanOptions(meant, request),
  );
  const orders = [plan, ...plan.alternatives];
  return orders.map((order, index) => ({
    schema: SET_PLAN_SCHEMA,
    candidate: index + 1,
    candidates: orders.length,
    ...documentOf(order, plan, byPath, request),
  }));
}

function documentOf(
  order: SetOrder,
  { method, seed, warnings }: SetPlan,
  byPath: ReadonlyMap<string, SetCandidate>,
  { lengthSeconds, tempoPath }: SetRequest,
): Omit<SetPlanDocument, 'schema' | 'candidate' | 'candidates'> {
  const places = new Map(order.tracks.map(({ id }, place) => [id, place]));
  const { cost, artistCost, score, difference, seconds, reason } = order;
  return {
    method,
    seed,
    seconds,
    wantedSeconds: lengthSeconds ?? null,
    tempoPath: tempoPath ? [...tempoPath] : null,
    cost,
    artistCost,
    score,
    difference,
    reason,
    tracks: order.tracks.map(({ id, startSeconds, targetEnergy, curveCost, reason: why }) => {
      const { path, audioHash, title, track } = byPath.get(id)!;
      return {
        path,
        audioHash,
        title,
        start: startSeconds,
        seconds: track.seconds,
        bpm: track.bpm,
        camelot: track.key && camelotOf(track.key),
        energy: track.energyLevel,
        targetEnergy,
        curveCost,
        reason: why,
      };
    }),
    pairs: order.pairs.map((pair) => ({
      from: places.get(pair.fromId)!,
      to: places.get(pair.toId)!,
      cost: pair.cost,
      reason: pair.reason,
    })),
    leftOut: byPath.size - order.tracks.length,
    warnings: [...warnings],
  };
}
