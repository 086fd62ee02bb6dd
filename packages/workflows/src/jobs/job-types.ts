import { createHash } from 'node:crypto';
import { JOB_SHAPES } from '@tutti/contract';
import type { JobCost, JobType, PriorityClass, RetryPolicy } from '@tutti/jobs';
import type { z } from 'zod';
import { WorkflowError } from '../failure.ts';

const MEBIBYTE = 2 ** 20;

/**
 * What another try may mend: a thread that ran out of memory, too many open files. All other kinds say what the file, the
 * request or the machine is like, and would say it again.
 */
const RETRIES: RetryPolicy = { limit: 2, delaySeconds: 5, helps: ({ kind }) => kind === 'internal' };

/** Holds what is asked for to its schema. @throws WorkflowError 'unsupported' naming the place in it */
function checked<Input>(schema: z.ZodType<Input>, value: unknown): Input {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const { path, message } = error.issues[0]!;
  throw new WorkflowError('unsupported', `${path.join('.') || 'all of it'}: ${message}`, error);
}

interface Weight<Input> {
  readonly priority: PriorityClass;
  readonly cost: JobCost;
  /** Jobs of one key are one; those of the same input when absent. */
  key?(input: Input): string;
}

function typeOfJob<Input, Progress, Result>(
  name: string,
  shapes: {
    readonly input: z.ZodType<Input>;
    readonly progress: z.ZodType<Progress>;
    readonly result: z.ZodType<Result>;
  },
  { priority, cost, key = digestOf }: Weight<Input>,
): JobType<Input, Progress, Result> {
  return {
    name,
    input: (value) => checked(shapes.input, value),
    progress: (value) => shapes.progress.parse(value),
    result: (value) => shapes.result.parse(value),
    ...{ priority, cost, retries: RETRIES, key },
  };
}

function digestOf(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex');
}

const oneCore = (mebibytes: number): JobCost => ({ cores: 1, memoryBytes: mebibytes * MEBIBYTE });

/** The types of jobs, by name. Their memory is what a thread is allowed for, beside the others. */
export const JOB_TYPES = {
  // One at a time: it goes through all folders, with threads of its own.
  scan: typeOfJob('scan', JOB_SHAPES.scan, {
    priority: 'background',
    cost: { cores: 'all', memoryBytes: 512 * MEBIBYTE },
    key: () => 'all',
  }),
  analyse: typeOfJob('analyse', JOB_SHAPES.analyse, {
    priority: 'usual',
    cost: oneCore(200),
    key: ({ path, pathBytes }) => pathBytes ?? path,
  }),
  index: typeOfJob('index', JOB_SHAPES.index, {
    priority: 'background',
    cost: oneCore(100),
    key: ({ asked }) => asked,
  }),
  'plan-set': typeOfJob('plan-set', JOB_SHAPES['plan-set'], { priority: 'usual', cost: oneCore(400) }),
  mix: typeOfJob('mix', JOB_SHAPES.mix, { priority: 'usual', cost: oneCore(500) }),
  master: typeOfJob('master', JOB_SHAPES.master, { priority: 'usual', cost: oneCore(600) }),
  balance: typeOfJob('balance', JOB_SHAPES.balance, { priority: 'usual', cost: oneCore(800) }),
  duplicates: typeOfJob('duplicates', JOB_SHAPES.duplicates, { priority: 'usual', cost: oneCore(800) }),
};
