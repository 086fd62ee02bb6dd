import { resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import type { MixPlan } from '@tutti/music/mixing';
import { WorkflowError } from '../failure.ts';

/**
 * Makes sure that every file of a plan still sounds as it did when the plan was made.
 * @param lines the analyses of the plan's files as they are now
 * @throws WorkflowError 'missing' for a file without analysis, 'corrupt' for one whose sound changed
 */
export function requireSameSound(plan: MixPlan, lines: readonly AnalysisLine[]): void {
  const hashes = new Map(lines.map(({ path, audioHash }) => [resolve(path), audioHash]));
  for (const { path, audioHash } of plan.tracks) {
    const found = hashes.get(resolve(path));
    if (found === undefined) throw new WorkflowError('missing', `${path} is in the plan but could not be read`);
    if (found !== audioHash) {
      throw new WorkflowError(
        'corrupt',
        `${path} has changed: it does not sound as it did when the plan was made (its audio hash is ${found}, the plan says ${audioHash}); make the plan anew`,
      );
    }
  }
}
