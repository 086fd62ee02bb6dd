import type { AnalysisLine, TagEdit } from '@tutti/contract';
import { WorkflowError } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { hashCrew } from '../scan/hash-crew.ts';
import { EditJournal } from './edit-journal.ts';
import type { TagRequest } from './wanted-texts.ts';
import { writeTags } from './write-tags.ts';

export interface WriteTagsOptions {
  /** Without, it is only said what would be written. */
  readonly write: boolean;
  /** Where a person's own things are: the way back is kept there. */
  readonly userFolder: string;
  /** Files at a time, at least 1. */
  readonly jobs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes tags into files by their analyses, a few at a time, in order; one that fails does not stop the others.
 * @yields what became of each file, or why nothing did
 */
export async function* writeTagsOfFiles(
  lines: readonly AnalysisLine[],
  request: TagRequest,
  { write, userFolder, jobs, signal }: WriteTagsOptions,
): AsyncGenerator<TagEdit | { readonly path: string; readonly reason: unknown }> {
  const crew = write ? await hashCrew(jobs) : null;
  const hashAudio = async (path: string) => {
    const found = await crew!.work({ path }, signal);
    if ('error' in found) throw new WorkflowError(found.error.kind, found.error.message);
    return found.audioHash;
  };
  const writing = crew && { journal: new EditJournal(userFolder), hashAudio, now: () => new Date() };
  try {
    yield* inOrder(lines, jobs, async (line) => {
      signal?.throwIfAborted();
      return writeTags(line, request, writing).catch((reason: unknown) => ({ path: line.path, reason }));
    });
  } finally {
    await crew?.dismiss();
  }
}
