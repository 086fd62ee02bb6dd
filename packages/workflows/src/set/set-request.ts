import type { Filter } from '@tutti/music/filter';
import type { CurvePoint, EnergyShape, SetPlanOptions } from '@tutti/music/set-planning';
import type { SetCandidate } from './set-candidate.ts';
import { trackFinder } from './track-finder.ts';

/** What a person asks of a set. Tracks are named by path, by the name of their file with or without ending, or by title. */
export interface SetRequest {
  /** Only tracks that it means. */
  readonly filter?: Filter | undefined;
  readonly energy?: EnergyShape | readonly CurvePoint[] | undefined;
  /** Choose tracks for about this length; all of them when absent. */
  readonly lengthSeconds?: number | undefined;
  readonly first?: string | undefined;
  readonly last?: string | undefined;
  readonly must?: readonly string[] | undefined;
  readonly not?: readonly string[] | undefined;
  readonly order?: readonly string[] | undefined;
  readonly pairs?: readonly (readonly [string, string])[] | undefined;
  readonly tempoRange?: { readonly lowest: number; readonly highest: number } | undefined;
  readonly tempoPath?: readonly CurvePoint[] | undefined;
  readonly keepOrder?: boolean | undefined;
  readonly seed: number;
  /** How many different sets, best first; 1 when absent. */
  readonly candidates?: number | undefined;
}

/**
 * A request with its tracks found.
 * @throws WorkflowError 'missing' when a name is none of the tracks, 'unsupported' when it is several
 */
export function setPlanOptions(candidates: readonly SetCandidate[], request: SetRequest): SetPlanOptions {
  const find = trackFinder(candidates);
  const { energy, lengthSeconds, first, last, must, not, order, pairs, tempoRange, tempoPath, keepOrder } = request;
  return {
    seed: request.seed,
    candidates: request.candidates ?? 1,
    keepOrder: keepOrder ?? false,
    ...(energy && { energy }),
    ...(lengthSeconds !== undefined && { lengthSeconds }),
    ...(first !== undefined && { firstId: find(first, 'first') }),
    ...(last !== undefined && { lastId: find(last, 'last') }),
    ...(must && { mustIds: must.map((name) => find(name, 'must')) }),
    ...(not && { notIds: not.map((name) => find(name, 'not')) }),
    ...(order && { orderIds: order.map((name) => find(name, 'order')) }),
    ...(pairs && { pairIds: pairs.map(([from, to]) => [find(from, 'pairs'), find(to, 'pairs')] as const) }),
    ...(tempoRange && { tempoRange }),
    ...(tempoPath && { tempoPath }),
  };
}
