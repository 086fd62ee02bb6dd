import type { AnalysisLine } from '@tutti/contract';
import { analyseTrack } from '../analyse/analyse-track.ts';
import type { ThreadTools } from './thread-task.ts';

/**
 * Analyses files one after another in this thread.
 * @param share of the whole work that it is
 * @throws what the first file that cannot be used says
 */
export async function listenToFiles(
  files: readonly string[],
  share: number,
  { kernels, say }: ThreadTools,
): Promise<AnalysisLine[]> {
  const lines: AnalysisLine[] = [];
  for (const path of files) {
    say({ doing: 'listening', share: (share * lines.length) / files.length });
    lines.push(await analyseTrack(path, kernels));
  }
  return lines;
}
