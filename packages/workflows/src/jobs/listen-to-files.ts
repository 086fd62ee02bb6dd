import type { AnalysisLine } from '@tutti/contract';
import { analyseTrack } from '../analyse/analyse-track.ts';
import type { ThreadTools } from './thread-task.ts';

/**
 * The analyses of files; those that nobody made yet are made one after another in this thread.
 * @param share of the whole work that it is
 * @throws what the first file that cannot be used says
 */
export async function listenToFiles(
  files: readonly string[],
  share: number,
  { kernels, known, say }: ThreadTools,
): Promise<AnalysisLine[]> {
  const lines: AnalysisLine[] = [];
  for (const [index, path] of files.entries()) {
    const made = known[index];
    if (made === undefined) say({ doing: 'listening', share: (share * index) / files.length });
    lines.push(made ?? (await analyseTrack(path, kernels)));
  }
  return lines;
}
