import type { AnalysisLine } from '@tutti/contract';
import { analyseFiles } from '@tutti/workflows';
import type { Session } from '../session.ts';
import { type FailedItem, reportFailure } from './failures.ts';
import { ProgressBar } from './progress-bar.ts';
import { shownName } from './terminal.ts';

/**
 * Analyses files with a progress bar; what fails is reported and left out.
 * @param keep what is needed of each analysis
 */
export async function listenTo<Kept>(
  files: Parameters<typeof analyseFiles>[0],
  jobs: number,
  { terminal, signal }: Session,
  keep: (line: AnalysisLine) => Kept,
): Promise<{ lines: Kept[]; failed: FailedItem[] }> {
  const lines: Kept[] = [];
  const failed: FailedItem[] = [];
  const bar = new ProgressBar(terminal, 'listening');
  bar.update(0, `0/${files.length}`);
  for await (const result of analyseFiles(files, { jobs, signal })) {
    if ('error' in result) {
      failed.push(result);
      reportFailure(result, terminal);
    } else lines.push(keep(result));
    const done = lines.length + failed.length;
    bar.update(done / files.length, `${done}/${files.length}`, shownName(result.path));
  }
  bar.end();
  return { lines, failed };
}
