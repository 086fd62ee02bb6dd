import { type Filter, matchesFilter } from '@tutti/music/filter';
import { WorkflowError } from '../failure.ts';
import type { SetCandidate } from './set-candidate.ts';

/**
 * The files of which a set is made: those that a filter means, or all of them.
 * @throws WorkflowError 'missing' when it means none of them
 */
export function filteredCandidates(candidates: readonly SetCandidate[], filter: Filter | undefined): SetCandidate[] {
  const unique = [...new Map(candidates.map((candidate) => [candidate.path, candidate])).values()];
  if (filter === undefined) return unique;
  const meant = unique.filter(({ facts }) => matchesFilter(filter, facts));
  if (meant.length === 0)
    throw new WorkflowError('missing', `filter: it means none of the ${unique.length} files that a set can be made of`);
  return meant;
}
