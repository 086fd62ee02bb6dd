import { failureSchema, JOB_SCHEMA, type JobDocument } from '@tutti/contract';
import type { JobRecord } from '@tutti/jobs';

/** A job as the outside sees it. */
export function jobDocument(job: JobRecord): JobDocument {
  const { id, number, type, owner, priority, state, input, progress, result, attempt, revision } = job;
  const moment = (time: Date | null) => time?.toISOString() ?? null;
  return {
    schema: JOB_SCHEMA,
    ...{ id, number, type, owner, priority, state, input, progress, result, attempt, revision },
    reason: state === 'skipped' ? (job.failure?.message ?? null) : null,
    error: state === 'failed' ? failureSchema.parse(job.failure) : null,
    createdAt: job.createdAt.toISOString(),
    notBefore: moment(job.notBefore),
    startedAt: moment(job.startedAt),
    endedAt: moment(job.endedAt),
  };
}
