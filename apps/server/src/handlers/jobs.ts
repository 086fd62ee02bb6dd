import { askForJob, jobDocument, requireInLibrary, WorkflowError } from '@tutti/workflows';
import { ownerOf } from '../guard/caller.ts';
import { wrongFields } from '../request-error.ts';
import type { Handlers, Service } from './handlers.ts';

type JobHandlers = Pick<Handlers, 'submitJob' | 'listJobs' | 'getJob' | 'followJob' | 'cancelJob' | 'retryJob'>;

async function jobOf({ queue }: Pick<Service, 'queue'>, id: string) {
  const job = await queue.find(id);
  if (job === undefined) throw new WorkflowError('missing', `there is no job ${id}`);
  return jobDocument(job);
}

/** Pages of jobs end with the number of a job. */
function placeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor);
  throw wrongFields([{ field: 'query.cursor', message: 'it must be `next` of a page of jobs' }]);
}

export const jobHandlers: JobHandlers = {
  async submitJob(service, { body: { type, input, priority, after } }, { caller }) {
    if (caller.role !== 'owner') await requireInLibrary(service.library, type, input);
    const { id } = await askForJob(service, type, input, { owner: ownerOf(caller), priority, after });
    return jobOf(service, id);
  },
  async listJobs({ queue }, { query }) {
    const { state, type, limit, cursor } = query;
    const jobs = await queue.list({
      ...(state !== undefined && { states: [state] }),
      ...(type !== undefined && { types: [type] }),
      ...{ before: placeOf(cursor), limit: limit + 1 },
    });
    const items = jobs.slice(0, limit).map(jobDocument);
    return { items, next: jobs.length > limit ? String(items.at(-1)!.number) : null };
  },
  getJob: (service, { params }) => jobOf(service, params.job),
  async followJob(service, { params }, { signal, lastEventId }) {
    await jobOf(service, params.job);
    const known = Number(lastEventId);
    async function* told() {
      for await (const job of service.queue.follow(params.job, signal)) {
        const isOver = job.endedAt !== null;
        // Who comes back after the end is told of it, so that it does not come back for ever.
        if (job.revision === known && !isOver) continue;
        const event = isOver ? ('end' as const) : ('progress' as const);
        yield { event, id: String(job.revision), data: jobDocument(job) };
      }
    }
    return told();
  },
  async cancelJob(service, { params }) {
    await service.queue.cancel(params.job);
    return jobOf(service, params.job);
  },
  async retryJob(service, { params }) {
    await service.queue.retry(params.job);
    return jobOf(service, params.job);
  },
};
