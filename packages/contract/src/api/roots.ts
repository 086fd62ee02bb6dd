import { z } from 'zod';
import { EXAMPLE } from './examples.ts';
import { operation } from './operation.ts';
import { idParameter, none, pageOf, pageParameters } from './parts.ts';

export const rootSchema = z.strictObject({
  id: z.int().positive(),
  path: z.string().describe('of the folder, absolute'),
  files: z.int().min(0).describe('that are there, or were when it was last there'),
  offlineSince: z.iso.datetime().nullable().describe('null while it is there'),
});

const group = 'library';

export const listRoots = operation({
  method: 'GET',
  path: '/roots',
  group,
  needs: { role: 'listener', scope: 'library:read' },
  summary: 'The folders that are in the library, page by page.',
  params: none,
  query: z.strictObject(pageParameters),
  body: null,
  answer: {
    status: 200,
    description: 'a page of them, in the order of their paths',
    schema: pageOf(rootSchema),
  },
  errors: [],
  example: { params: {}, query: {}, body: undefined },
});

export const addRoot = operation({
  method: 'POST',
  path: '/roots',
  group,
  // Whoever names a folder has all that lies in it read.
  needs: { role: 'owner', scope: 'library:write' },
  summary: 'Takes a folder into the library, with all that lies in it.',
  description: 'The next scan looks into it. A folder that is in the library already is answered as it is.',
  params: none,
  query: none,
  body: z.strictObject({ path: z.string().min(1).max(4096).describe('of a folder of this machine') }),
  isRepeatable: true,
  answer: { status: 201, description: 'the folder', schema: rootSchema },
  errors: ['missing', 'unsupported', 'denied'],
  example: { params: {}, query: {}, body: { path: EXAMPLE.folder } },
});

export const removeRoot = operation({
  method: 'DELETE',
  path: '/roots/{root}',
  group,
  needs: { role: 'owner', scope: 'library:write' },
  summary: 'Takes a folder out of the library; nothing on disk is touched.',
  params: z.strictObject({ root: idParameter }),
  query: none,
  body: null,
  answer: { status: 204, description: 'it is out', schema: null },
  errors: ['missing'],
  example: { params: { root: 1 }, query: {}, body: undefined },
});
