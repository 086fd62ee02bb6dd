import { z } from 'zod';
import { JOB_SHAPES, type JobTypeName, jobSchema } from '../jobs.ts';
import { EXAMPLE } from './examples.ts';
import { operation } from './operation.ts';
import { none, pageOf, pageParameters } from './parts.ts';

const group = 'jobs';
const params = z.strictObject({ job: z.uuid() });
const example = { params: { job: EXAMPLE.job }, query: {}, body: undefined };

const TYPES = Object.keys(JOB_SHAPES) as [JobTypeName, ...JobTypeName[]];
const priority = z.enum(['background', 'usual', 'urgent']).optional().describe('that of the type when absent');
const after = z
  .array(z.uuid())
  .max(1000)
  .optional()
  .describe('jobs that have to be done before it begins; when one fails, it fails as well');

/** What is asked for, with the shape of each type. */
function requestOf<const Name extends JobTypeName>(type: Name) {
  return z.strictObject({ type: z.literal(type), input: JOB_SHAPES[type].input, priority, after });
}

const jobRequestSchema = z.discriminatedUnion('type', [
  requestOf('scan'),
  requestOf('analyse'),
  requestOf('plan-set'),
  requestOf('mix'),
  requestOf('master'),
  requestOf('balance'),
  requestOf('duplicates'),
]);

export const submitJob = operation({
  method: 'POST',
  path: '/jobs',
  group,
  needs: { role: 'editor', scope: 'jobs:write' },
  summary: 'Asks for work that takes longer than a moment.',
  description:
    'A job that asks for the same as one that has not ended is that one. What it makes lies below `/results`, under the keys in its `result`. Who is not the owner may ask for work on files in the folders of the library.',
  params: none,
  query: none,
  body: jobRequestSchema,
  isRepeatable: true,
  answer: { status: 202, description: 'the job', schema: jobSchema, location: '/jobs/{id}' },
  errors: ['missing', 'denied', 'unsupported'],
  example: { params: {}, query: {}, body: { type: 'analyse', input: { path: EXAMPLE.song } } },
});

export const listJobs = operation({
  method: 'GET',
  path: '/jobs',
  group,
  needs: { role: 'listener', scope: 'jobs:read' },
  summary: 'The jobs, the latest first, page by page.',
  description: 'They are kept for 30 days after their end.',
  params: none,
  query: z.strictObject({
    state: z.enum(['blocked', 'waiting', 'running', 'done', 'skipped', 'failed']).optional(),
    type: z.enum(TYPES).optional(),
    ...pageParameters,
  }),
  body: null,
  answer: { status: 200, description: 'a page of jobs', schema: pageOf(jobSchema) },
  errors: [],
  example: { params: {}, query: { type: 'analyse', limit: 10 }, body: undefined },
});

export const getJob = operation({
  method: 'GET',
  path: '/jobs/{job}',
  group,
  needs: { role: 'listener', scope: 'jobs:read' },
  summary: 'A job as it stands.',
  params,
  query: none,
  body: null,
  answer: { status: 200, description: 'the job', schema: jobSchema },
  errors: ['missing'],
  example,
});

export const followJob = operation({
  method: 'GET',
  path: '/jobs/{job}/events',
  group,
  needs: { role: 'listener', scope: 'jobs:read' },
  summary: 'What happens to a job, as server-sent events, until it has ended.',
  description:
    'The job as it stands comes first, then again whenever that changes. The number of an event is the `revision` of the job: a caller that comes back with ' +
    '`Last-Event-ID` is not told again what it knows. A line that begins with a colon says, every 15 seconds, that the connection lives.',
  params,
  query: none,
  body: null,
  answer: {
    status: 200,
    description: '`progress` while it goes on, `end` once and last',
    schema: null,
    events: { progress: jobSchema, end: jobSchema },
  },
  errors: ['missing', 'limit'],
  example,
});

export const cancelJob = operation({
  method: 'POST',
  path: '/jobs/{job}/cancel',
  group,
  needs: { role: 'editor', scope: 'jobs:write' },
  summary: 'Ends a job that has not ended: it fails as `cancelled`, and so does what was to come after it.',
  description: 'A job that has ended stays as it is.',
  params,
  query: none,
  body: null,
  isRepeatable: true,
  answer: { status: 200, description: 'the job', schema: jobSchema },
  errors: ['missing'],
  example,
});

export const retryJob = operation({
  method: 'POST',
  path: '/jobs/{job}/retry',
  group,
  needs: { role: 'editor', scope: 'jobs:write' },
  summary: 'Asks once more for a job that failed, and for what failed because of it.',
  description: 'A job that did not fail stays as it is.',
  params,
  query: none,
  body: null,
  isRepeatable: true,
  answer: { status: 200, description: 'the job', schema: jobSchema },
  errors: ['missing'],
  example,
});
