import type { JobDocument } from '@tutti/contract';
import type { Client } from '@tutti/contract/api';
import { JOB_TYPES } from '@tutti/workflows';

/** Waits by events until a job has ended. */
export async function ended(client: Client, job: string): Promise<JobDocument> {
  for await (const { event, data } of client.follow('followJob', { params: { job } })) if (event === 'end') return data;
  throw new Error(`the events of job ${job} ended before it did`);
}

/**
 * Takes a folder into the library and waits until all that is in it was listened to.
 * @returns how many sounds there were
 */
export async function scanned(client: Client, folder: string): Promise<number> {
  const { id } = await client.call('submitJob', { body: { type: 'scan', input: { folders: [folder] } } });
  const { following } = JOB_TYPES.scan.result((await ended(client, id)).result);
  if (following === null) return 0;
  const { state } = await ended(client, following.index);
  if (state !== 'done') throw new Error(`the lists after the scan ended as ${state}`);
  return following.analyses;
}
