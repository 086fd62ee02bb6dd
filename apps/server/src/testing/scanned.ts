import type { JobDocument } from '@tutti/contract';
import type { Client } from '@tutti/contract/api';

/** Waits by events until a job has ended. */
export async function ended(client: Client, job: string): Promise<JobDocument> {
  for await (const { event, data } of client.follow('followJob', { params: { job } })) if (event === 'end') return data;
  throw new Error(`the events of job ${job} ended before it did`);
}

/** Takes a folder into the library and listens to all that is in it. */
export async function scanned(client: Client, folder: string): Promise<JobDocument> {
  const { id } = await client.call('submitJob', { body: { type: 'scan', input: { folders: [folder] } } });
  return ended(client, id);
}
