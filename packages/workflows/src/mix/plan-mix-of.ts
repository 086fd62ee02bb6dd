import type { AnalysisLine } from '@tutti/contract';
import { type MixableTrack, type MixPlan, planMix } from '@tutti/music/mixing';
import { planSet, type SetOrder } from '@tutti/music/set-planning';
import { filteredCandidates } from '../set/filtered-candidates.ts';
import { setCandidate } from '../set/set-candidate.ts';
import { type SetRequest, setPlanOptions } from '../set/set-request.ts';
import { mixableTrack } from './mixable-track.ts';

export interface PlanMixOptions extends SetRequest {
  readonly tempo?: 'follow' | number;
}

function inOrder(tracks: ReadonlyMap<string, MixableTrack>, order: SetOrder): MixableTrack[] {
  return order.tracks.map(({ id }) => tracks.get(id)!);
}

/**
 * Plans mixes of analysed files: which of them in which order, then where and how each joins the next.
 * @param lines one for each file, at least one
 * @returns at least one plan, best first; fewer than `candidates` when there are no more different ones
 * @throws WorkflowError when a named track is none of the files, or the filter means none; SetPlanningError when what is asked for cannot be met
 */
export function planMixOf(lines: readonly AnalysisLine[], options: PlanMixOptions): MixPlan[] {
  const tracks = new Map<string, MixableTrack>();
  const candidates = lines.map(setCandidate);
  candidates.forEach((candidate, index) => {
    tracks.set(candidate.path, mixableTrack(candidate, lines[index]!));
  });
  const meant = filteredCandidates(candidates, options.filter);
  const set = planSet(
    meant.map(({ track }) => track),
    setPlanOptions(meant, options),
  );
  return [set, ...set.alternatives].map((order) => {
    const plan = planMix(inOrder(tracks, order), { tempo: options.tempo ?? 'follow' });
    return { ...plan, warnings: [...set.warnings, ...plan.warnings] };
  });
}
