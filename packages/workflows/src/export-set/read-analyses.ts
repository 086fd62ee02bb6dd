import { open } from 'node:fs/promises';
import { type AnalysisLine, analysisLineSchema } from '@tutti/contract';
import { failureOf, WorkflowError } from '../failure.ts';

/** Characters; hours of sound with all their curves have some millions. */
const LONGEST_LINE = 2 ** 27;

/**
 * Reads analyses of sounds from a file of lines, as `tutti analyse --json` prints them, one line at a time.
 * @param wanted audio hashes; others, and lines about files that failed, are passed over
 * @returns one for each sound that is found, the last there is
 * @throws WorkflowError 'missing', 'denied', 'limit', 'corrupt' naming the line
 */
export async function readAnalyses(path: string, wanted: ReadonlySet<string>): Promise<AnalysisLine[]> {
  const found = new Map<string, AnalysisLine>();
  let number = 0;
  try {
    await using file = await open(path);
    for await (const text of file.readLines()) {
      number += 1;
      if (text.length > LONGEST_LINE) {
        throw new WorkflowError('limit', `${path}: line ${number} has over ${LONGEST_LINE} characters`);
      }
      if (text.trim() === '') continue;
      const json: unknown = JSON.parse(text);
      const hash = typeof json === 'object' && json !== null && 'audioHash' in json ? json.audioHash : undefined;
      if (typeof hash === 'string' && wanted.has(hash)) found.set(hash, analysisLineSchema.parse(json));
    }
  } catch (error) {
    if (error instanceof WorkflowError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new WorkflowError('missing', `${path}: there is no such file of analyses`, error);
    if (code !== undefined) {
      throw new WorkflowError('denied', `${path} cannot be read: ${failureOf(error).message}`, error);
    }
    throw new WorkflowError('corrupt', `${path}: line ${number} is no analysis: ${failureOf(error).message}`, error);
  }
  return [...found.values()];
}
