export type { QueueDatabase, Statements } from './database/queue-database.ts';
export { JobError, type JobErrorKind } from './errors.ts';
export {
  type AnyJobType,
  type HandledType,
  type Handler,
  handle,
  type JobContext,
  type JobCost,
  type JobFailure,
  type JobType,
  type Parser,
  PRIORITY_CLASSES,
  type PriorityClass,
  type RetryPolicy,
  Skipped,
} from './job-type.ts';
export { type JobQueue, openJobQueue, type Schedule } from './open-queue.ts';
export {
  JOB_STATES,
  type JobFilter,
  type JobRecord,
  type JobState,
  type Mention,
  type OpenJobs,
} from './queue/job-record.ts';
export type { Ending } from './queue/settle.ts';
export type { SubmitOptions, Submitted } from './queue/submit.ts';
export type { Capacity } from './worker/room.ts';
export type { Worker, WorkerOptions } from './worker/start-worker.ts';
