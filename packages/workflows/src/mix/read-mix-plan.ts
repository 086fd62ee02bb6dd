import { open } from 'node:fs/promises';
import { type MixPlan, parseMixPlan } from '@tutti/music/mixing';
import { failureOf, WorkflowError } from '../failure.ts';

/** The largest plan that is read: some 10,000 tracks with all their automation. */
const LARGEST_PLAN_BYTES = 256 * 2 ** 20;

/**
 * Reads and checks a mix plan.
 * @throws WorkflowError 'missing', 'denied', 'limit' or 'corrupt', with the place in the plan and the allowed range
 */
export async function readMixPlan(path: string): Promise<MixPlan> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > LARGEST_PLAN_BYTES) {
      throw new WorkflowError('limit', `${path} has ${size} bytes; a plan has at most ${LARGEST_PLAN_BYTES}`);
    }
    return parseMixPlan(JSON.parse(await file.readFile('utf8')));
  } catch (error) {
    if (error instanceof WorkflowError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new WorkflowError('missing', `${path}: there is no such plan`, error);
    if (code !== undefined)
      throw new WorkflowError('denied', `${path} cannot be read: ${failureOf(error).message}`, error);
    throw new WorkflowError('corrupt', `${path} is no usable mix plan: ${failureOf(error).message}`, error);
  }
}
