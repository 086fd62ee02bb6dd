import type { PendingFile, ScanStep } from '@tutti/library';
import { type AudioPath, fileStamp, pathOf } from '@tutti/media';
import { WorkflowError } from '../failure.ts';

/** How far a step is. */
export interface ScanProgress {
  readonly step: ScanStep;
  readonly done: number;
  /** Of a walk, what was there the last time; null where that is not known. */
  readonly total: number | null;
  /** The file at hand, readable. */
  readonly name: string;
}

export interface StepOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ScanProgress) => void) | undefined;
}

const SLASH = '/'.charCodeAt(0);

/** The path of a file, out of its root's and its own below that. */
export function fullPath(root: Buffer, path: Buffer): AudioPath {
  return pathOf(Buffer.concat(root.at(-1) === SLASH ? [root, path] : [root, Buffer.from('/'), path]));
}

/**
 * Makes sure that what was read of a file is of the revision that the library knows.
 * @throws WorkflowError 'denied' when it was written to meanwhile; MediaError 'missing' when it is gone
 */
export async function requireUnchanged({ root, path, name, size, modifiedUs }: PendingFile): Promise<void> {
  const stamp = await fileStamp(fullPath(root, path));
  if (stamp.size === size && stamp.modifiedUs === modifiedUs) return;
  throw new WorkflowError('denied', `${name} was written to while it was read: the next scan reads it again`);
}
