import { open } from 'node:fs/promises';
import { failureOf, WorkflowError } from './failure.ts';

/** The largest plan that is read: some 10,000 tracks of a mix with all their automation. */
const LARGEST_PLAN_BYTES = 256 * 2 ** 20;

/**
 * Reads and checks a file of JSON that people may have edited.
 * @param what what it is to be, for messages: `mix plan`, say
 * @param parse throws on what is not usable, with the place in it and the allowed range
 * @throws WorkflowError 'missing', 'denied', 'limit' or 'corrupt'
 */
export async function readPlan<Plan>(path: string, what: string, parse: (json: unknown) => Plan): Promise<Plan> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > LARGEST_PLAN_BYTES) {
      throw new WorkflowError('limit', `${path} has ${size} bytes; a ${what} has at most ${LARGEST_PLAN_BYTES}`);
    }
    return parse(JSON.parse(await file.readFile('utf8')));
  } catch (error) {
    if (error instanceof WorkflowError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new WorkflowError('missing', `${path}: there is no such ${what}`, error);
    if (code !== undefined)
      throw new WorkflowError('denied', `${path} cannot be read: ${failureOf(error).message}`, error);
    const { message } = failureOf(error);
    const reason = message.startsWith(`${what}: `) ? message : `${what}: ${message}`;
    throw new WorkflowError('corrupt', `${path} is no usable ${reason}`, error);
  }
}
