import { resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { WorkflowError } from '../failure.ts';

/** What a plan of a set or a mix says of its files. */
interface PlannedSounds {
  readonly tracks: readonly { readonly path: string; readonly audioHash: string }[];
}

/**
 * Makes sure that every file of a plan still sounds as it did when the plan was made.
 * @param lines the analyses of the plan's files as they are now
 * @throws WorkflowError 'missing' for a file without analysis, 'corrupt' for one whose sound changed
 */
export function requireSameSound(plan: PlannedSounds, lines: readonly AnalysisLine[]): void {
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
