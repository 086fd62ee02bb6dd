import { basename, resolve } from 'node:path';
import type { Filter } from '@tutti/music/filter';
import type { CurvePoint, EnergyShape, SetConstraint, SetPlanOptions } from '@tutti/music/set-planning';
import { WorkflowError } from '../failure.ts';
import type { SetCandidate } from './set-candidate.ts';

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

function trackFinder(candidates: readonly SetCandidate[]): (name: string, constraint: SetConstraint) => string {
  const paths = new Map<string, readonly string[]>();
  const others = new Map<string, string[]>();
  for (const { path, title } of candidates) {
    paths.set(path, [path]);
    const file = basename(path);
    for (const name of new Set([file, file.replace(/\.[^.]+$/, ''), title])) {
      const known = others.get(name);
      if (known) known.push(path);
      else others.set(name, [path]);
    }
  }
  return (name, constraint) => {
    const [found, ...more] = paths.get(resolve(name)) ?? others.get(name) ?? [];
    if (found === undefined)
      throw new WorkflowError('missing', `${constraint}: ${name} is none of the files that a set can be made of`);
    if (more.length > 0)
      throw new WorkflowError(
        'unsupported',
        `${constraint}: ${name} names ${more.length + 1} of the files (${found}, ${more[0]}): name it by its path`,
      );
    return found;
  };
}
