import { resolve } from 'node:path';
import type { AnalysisLine, SetPlanDocument } from '@tutti/contract';
import { type MixableTrack, type MixPlan, planMix } from '@tutti/music/mixing';
import { type CurvePoint, planSet } from '@tutti/music/set-planning';
import { filteredCandidates } from '../set/filtered-candidates.ts';
import { setCandidate } from '../set/set-candidate.ts';
import { type SetRequest, setPlanOptions } from '../set/set-request.ts';
import { mixableTrack } from './mixable-track.ts';

export interface PlanMixOptions extends SetRequest {
  readonly tempo?: 'follow' | number;
}

/** What the planner of a mix needs of files, by absolute path. */
function mixableTracks(lines: readonly AnalysisLine[]): ReadonlyMap<string, MixableTrack> {
  return new Map(
    lines.map((line) => {
      const candidate = setCandidate(line);
      return [candidate.path, mixableTrack(candidate, line)];
    }),
  );
}

/** A tempo over the set is played, unless one tempo is asked for. */
function playedTempo(tempo: PlanMixOptions['tempo'], path: readonly CurvePoint[] | null | undefined) {
  return typeof tempo === 'number' ? tempo : (path ?? 'follow');
}

/**
 * Plans the mix of a set that was planned before: its tracks in its order, at its tempo.
 * @param lines one for each file of the set
 */
export function planMixOfSet(
  { tracks, tempoPath }: SetPlanDocument,
  lines: readonly AnalysisLine[],
  tempo?: PlanMixOptions['tempo'],
): MixPlan {
  const mixable = mixableTracks(lines);
  return planMix(
    tracks.map(({ path }) => mixable.get(resolve(path))!),
    { tempo: playedTempo(tempo, tempoPath) },
  );
}

/**
 * Plans mixes of analysed files: which of them in which order, then where and how each joins the next.
 * @param lines one for each file, at least one
 * @returns at least one plan, best first; fewer than `candidates` when there are no more different ones
 * @throws WorkflowError when a named track is none of the files, or the filter means none; SetPlanningError when what is asked for cannot be met
 */
export function planMixOf(lines: readonly AnalysisLine[], options: PlanMixOptions): MixPlan[] {
  const tracks = mixableTracks(lines);
  const meant = filteredCandidates(lines.map(setCandidate), options.filter);
  const set = planSet(
    meant.map(({ track }) => track),
    setPlanOptions(meant, options),
  );
  const tempo = playedTempo(options.tempo, options.tempoPath);
  return [set, ...set.alternatives].map((order) => {
    const plan = planMix(
      order.tracks.map(({ id }) => tracks.get(id)!),
      { tempo },
    );
    return { ...plan, warnings: [...set.warnings, ...plan.warnings] };
  });
}
