import { z } from 'zod';
import { operation } from './operation.ts';
import { none } from './parts.ts';

const libraryChangeSchema = z.strictObject({
  change: z.int().min(0).describe('grows with every change of the library'),
  tracks: z
    .array(z.int().positive())
    .readonly()
    .nullable()
    .describe('those that came or changed; null where there are too many to be named'),
  removed: z.boolean().describe('whether tracks went'),
});

export const followLibrary = operation({
  method: 'GET',
  path: '/events',
  group: 'library',
  needs: { role: 'listener', scope: 'library:read' },
  summary: 'What changes in the library, as server-sent events.',
  description:
    'The first event says how the library stands. The number of an event is its `change`: a caller that comes back with `Last-Event-ID` is told all that ' +
    'changed since then. A line that begins with a colon says, every 15 seconds, that the connection lives.',
  params: none,
  query: none,
  body: null,
  answer: {
    status: 200,
    description: '`library` whenever something changed',
    schema: null,
    events: { library: libraryChangeSchema },
  },
  errors: ['limit'],
  example: { params: {}, query: {}, body: undefined },
});
