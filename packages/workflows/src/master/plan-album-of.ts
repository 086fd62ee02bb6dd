import { Kernels } from '@tutti/dsp';
import { type MasterPlan, planAlbum } from '@tutti/music/mastering';
import { failureOf, WorkflowError } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { onThreads } from '../threads.ts';
import { type MasterRequest, planOptionsOf } from './master-request.ts';
import type { MeasuredFile } from './measure-file.ts';

/** Each measured song holds excerpts of some 25 MB until the album is planned. */
const MOST_SONGS = 40;

export interface PlanAlbumOfOptions {
  readonly jobs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with how many songs have been measured. */
  readonly onMeasured?: ((count: number) => void) | undefined;
}

/**
 * Measures the songs of an album over all cores and plans them together.
 * @param paths absolute
 * @returns one plan a song, in their order
 * @throws WorkflowError 'limit' on too many songs; what the first song that cannot be measured failed with: an album is whole
 */
export async function planAlbumOf(
  paths: readonly string[],
  request: MasterRequest,
  { jobs, signal, onMeasured }: PlanAlbumOfOptions,
): Promise<MasterPlan[]> {
  if (paths.length > MOST_SONGS)
    throw new WorkflowError(
      'limit',
      `an album of ${paths.length} songs is too long; ${MOST_SONGS} are planned together`,
    );
  signal?.throwIfAborted();
  const threads = Math.max(1, Math.min(jobs, paths.length));
  const crew = await onThreads<string, MeasuredFile>(import.meta.url, 'master-worker', 'measureTask', threads);
  const measured: MeasuredFile[] = [];
  try {
    for await (const each of inOrder(paths, 2 * threads, (path) => crew.work(path, signal))) {
      measured.push(each);
      onMeasured?.(measured.length);
    }
  } catch (error) {
    signal?.throwIfAborted();
    const { kind, message } = failureOf(error);
    throw new WorkflowError(kind, `the album cannot be planned: ${message}`, error);
  } finally {
    await crew.dismiss();
  }
  const { source: _, ...options } = planOptionsOf(request, { path: '', audioHash: '' });
  const songs = measured.map(({ song, source: { path, audioHash } }) => ({ song, source: { path, audioHash } }));
  const plans = planAlbum(songs, new Kernels(), options);
  return plans.map((plan, index) => ({ ...plan, warnings: [...measured[index]!.warnings, ...plan.warnings] }));
}
