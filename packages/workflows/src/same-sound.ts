import { resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { WorkflowError } from './failure.ts';

/** A file of a plan, and what it sounded like when the plan was made. */
interface PlannedSound {
  readonly path: string;
  readonly audioHash: string;
}

/** What a plan of a set or a mix says of its files. */
interface PlannedSounds {
  readonly tracks: readonly PlannedSound[];
}

/** @throws WorkflowError 'corrupt' where a file of a plan has another hash than when the plan was made */
export function requireSameHash({ path, audioHash }: PlannedSound, found: string): void {
  if (found === audioHash) return;
  throw new WorkflowError(
    'corrupt',
    `${path} has changed, or is not the file that the plan was made for: it sounds different (its audio hash is ${found}, the plan says ${audioHash}); make the plan anew`,
  );
}

/**
 * Makes sure that every file of a plan still sounds as it did when the plan was made.
 * @param lines the analyses of the plan's files as they are now
 * @throws WorkflowError 'missing' for a file without analysis, 'corrupt' for one whose sound changed
 */
export function requireSameSound(plan: PlannedSounds, lines: readonly AnalysisLine[]): void {
  const hashes = new Map(lines.map(({ path, audioHash }) => [resolve(path), audioHash]));
  for (const planned of plan.tracks) {
    const found = hashes.get(resolve(planned.path));
    if (found === undefined) throw new WorkflowError('missing', `${planned.path} is in the plan but could not be read`);
    requireSameHash(planned, found);
  }
}
