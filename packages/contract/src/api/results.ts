import { z } from 'zod';
import { storedFileSchema } from '../jobs.ts';
import { EXAMPLE } from './examples.ts';
import { operation } from './operation.ts';

export const getResult = operation({
  method: 'GET',
  path: '/results/{key}',
  group: 'jobs',
  needs: { role: 'listener', scope: 'jobs:read' },
  summary: 'What a job made: an analysis, a plan, a sound.',
  description: 'A key means the same bytes for ever.',
  params: z.strictObject({ key: storedFileSchema.shape.key }),
  query: z.strictObject({
    ending: z
      .string()
      .regex(/^[a-z0-9]{1,8}$/)
      .optional()
      .describe('of the stored file: it says which media type the answer has'),
    name: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('what a browser is to call the file that it keeps; it is shown when absent'),
  }),
  body: null,
  answer: { status: 200, description: 'the bytes', schema: null, media: ['application/octet-stream'] },
  errors: ['missing'],
  example: { params: { key: EXAMPLE.result }, query: { ending: 'json' }, body: undefined },
});
