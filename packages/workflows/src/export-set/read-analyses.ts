import type { AnalysisLine } from '@tutti/contract';
import { analysisLines } from '../analyse/analysis-lines.ts';

/**
 * Reads analyses of sounds from a file of lines, as `tutti analyse --json` prints them.
 * @param wanted audio hashes; others, and lines about files that failed, are passed over
 * @returns one for each sound that is found, the last there is
 * @throws WorkflowError as `analysisLines`
 */
export async function readAnalyses(path: string, wanted: ReadonlySet<string>): Promise<AnalysisLine[]> {
  const found = new Map<string, AnalysisLine>();
  for await (const line of analysisLines(path, wanted)) if (!('error' in line)) found.set(line.audioHash, line);
  return [...found.values()];
}
