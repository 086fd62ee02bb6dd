import { open } from 'node:fs/promises';
import { type AnalysisFailure, type AnalysisLine, analysisFailureSchema, analysisLineSchema } from '@tutti/contract';
import { failureOf, WorkflowError } from '../failure.ts';

/** Characters; hours of sound with all their curves have some millions. */
const LONGEST_LINE = 2 ** 27;

/**
 * Reads a file of lines as `tutti analyse --json` prints them, one line at a time: memory does not grow with the file.
 * @param wanted audio hashes: only analyses of these sounds are read; all lines, those about files that failed too, when absent
 * @throws WorkflowError 'missing', 'denied', 'limit', 'corrupt' naming the line
 */
export async function* analysisLines(
  path: string,
  wanted?: ReadonlySet<string>,
): AsyncGenerator<AnalysisLine | AnalysisFailure> {
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
      const fields = typeof json === 'object' && json !== null ? json : {};
      if (wanted === undefined)
        yield 'error' in fields ? analysisFailureSchema.parse(json) : analysisLineSchema.parse(json);
      else if ('audioHash' in fields && typeof fields.audioHash === 'string' && wanted.has(fields.audioHash))
        yield analysisLineSchema.parse(json);
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
}
