import type { CleanedResults } from '@tutti/contract';
import type { JobQueue } from '@tutti/jobs';
import type { ResultStore, StoredItem } from '@tutti/media';

export interface CleanOptions {
  /** Results are kept so long after the last job that gave or used them has ended. */
  readonly days: number;
  /** What all of them may take; no limit when absent. */
  readonly bytes?: number | undefined;
  /** Only says what would be removed. */
  readonly dryRun: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

const DAY_MILLISECONDS = 86_400_000;
/** What no job knows of goes after so long: it may be of one that has just not noted its end. */
const UNKNOWN_DAYS = 1;
/** What is younger stays, however little room there is. */
const NEW_DAYS = 1 / 24;
/** A key in JSON, as PostgreSQL writes regular expressions. */
const KEYS = '"([0-9a-f]{64})"';

interface Candidate extends StoredItem {
  /** When it was stored, or its last job ended. */
  readonly last: number;
  readonly known: boolean;
}

/**
 * Removes results that no job needs: those of jobs that ended long ago, those that no job knows of, and, where all together take
 * more than is allowed, those without a job and then those whose jobs ended first. What a job that has not ended mentions always
 * stays, and so does what is new.
 */
export async function cleanResults(
  { queue, store }: { readonly queue: JobQueue; readonly store: ResultStore },
  { days, bytes = Number.POSITIVE_INFINITY, dryRun, now, signal }: CleanOptions,
): Promise<CleanedResults> {
  const stored: StoredItem[] = [];
  for await (const item of store.list()) stored.push(item);
  // After the list: what was stored for a job that has begun since is new.
  const ends = new Map((await queue.mentions(KEYS)).map(({ text, endedAt }) => [text, endedAt]));
  const candidates: Candidate[] = [];
  for (const item of stored) {
    const ended = ends.get(item.key);
    if (ended === null) continue;
    const last = Math.max(item.storedAt.getTime(), ended?.getTime() ?? Number.NEGATIVE_INFINITY);
    if (now - last > NEW_DAYS * DAY_MILLISECONDS) candidates.push({ ...item, last, known: ended !== undefined });
  }
  candidates.sort((a, b) => Number(a.known) - Number(b.known) || a.last - b.last);
  const removed = { results: 0, bytes: 0 };
  const all = stored.reduce((sum, item) => sum + item.bytes, 0);
  for (const item of candidates) {
    signal?.throwIfAborted();
    const old = now - item.last > (item.known ? days : UNKNOWN_DAYS) * DAY_MILLISECONDS;
    if (!old && all - removed.bytes <= bytes) continue;
    if (!dryRun) await store.remove(item.key);
    removed.results += 1;
    removed.bytes += item.bytes;
  }
  const kept = { results: stored.length - removed.results, bytes: all - removed.bytes };
  return { dryRun, removed, kept, tooMany: Math.max(0, kept.bytes - bytes) };
}
