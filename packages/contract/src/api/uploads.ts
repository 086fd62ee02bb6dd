import { z } from 'zod';
import { EXAMPLE } from './examples.ts';
import { operation } from './operation.ts';
import { none, pageOf, pageParameters } from './parts.ts';

const group = 'uploads';
const uploadId = z.string().regex(/^[0-9a-f]{12}-[0-9a-f]{16}$/);
const params = z.strictObject({ upload: uploadId });
const name = z.string().min(1).max(1000).describe('of the file; what cannot be in a name is taken out of it');
const bytes = z.int().min(1);

const uploadSchema = z.strictObject({
  id: uploadId,
  name: z.string(),
  bytes: z.int().nullable().describe('that it will have; null where that was not told'),
  offset: z.int().min(0).describe('bytes that are here: where to go on'),
  path: z
    .string()
    .nullable()
    .describe('of the song on the machine of the service, once all is here: jobs are given it'),
  format: z
    .strictObject({
      container: z.string(),
      codec: z.string(),
      sampleRate: z.number(),
      channels: z.number(),
      seconds: z.number().nullable().describe('as the file declares it'),
    })
    .nullable()
    .describe('what it is by its content, once all is here'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso
    .datetime()
    .nullable()
    .describe('when it goes unless somebody goes on with it; null once all is here'),
});

export const uploadSong = operation({
  method: 'POST',
  path: '/uploads',
  group,
  needs: { role: 'editor', scope: 'library:write' },
  summary: 'Sends a song in one go.',
  description:
    'The bytes of the file are the body, whatever its media type says: what it is goes by its content. It becomes a file of the library, which the next scan takes ' +
    'in. Where the sending breaks off, or the file is no sound, nothing is left.',
  params: none,
  query: z.strictObject({ name }),
  body: null,
  takesBytes: true,
  answer: { status: 201, description: 'the song', schema: uploadSchema, location: '/uploads/{id}' },
  errors: ['unsupported', 'corrupt', 'empty', 'limit'],
  example: { params: {}, query: { name: 'first.wav' }, body: undefined },
});

export const beginUpload = operation({
  method: 'POST',
  path: '/uploads/resumable',
  group,
  needs: { role: 'editor', scope: 'library:write' },
  summary: 'Begins to send a song in pieces.',
  description:
    'Pieces are added to it, each where the one before ended. After a break, its `offset` says where to go on.',
  params: none,
  query: none,
  body: z.strictObject({ name, bytes: bytes.describe('that the file has, up to 8 GiB') }),
  isRepeatable: true,
  answer: { status: 201, description: 'the upload', schema: uploadSchema, location: '/uploads/{id}' },
  errors: ['limit'],
  example: { params: {}, query: {}, body: { name: 'second.wav', bytes: 1_058_444 } },
});

export const listUploads = operation({
  method: 'GET',
  path: '/uploads',
  group,
  needs: { role: 'editor', scope: 'library:write' },
  summary: 'What was uploaded, the latest first, page by page.',
  params: none,
  query: z.strictObject(pageParameters),
  body: null,
  answer: { status: 200, description: 'a page of uploads', schema: pageOf(uploadSchema) },
  errors: [],
  example: { params: {}, query: { limit: 10 }, body: undefined },
});

export const getUpload = operation({
  method: 'GET',
  path: '/uploads/{upload}',
  group,
  needs: { role: 'editor', scope: 'library:write' },
  summary: 'An upload as it stands.',
  params,
  query: none,
  body: null,
  answer: { status: 200, description: 'the upload', schema: uploadSchema },
  errors: ['missing'],
  example: { params: { upload: EXAMPLE.upload }, query: {}, body: undefined },
});

export const addToUpload = operation({
  method: 'PATCH',
  path: '/uploads/{upload}',
  group,
  needs: { role: 'editor', scope: 'library:write' },
  summary: 'Sends a piece of a song, or the rest of it.',
  description:
    'The bytes are the body. `offset` is where they belong, which must be how many are here (409 otherwise). What came before a break stays, and is kept for a day. With ' +
    'the last byte the file is looked into, and becomes a file of the library; where it is no sound, nothing is left.',
  params,
  query: z.strictObject({ offset: z.coerce.number().int().min(0) }),
  body: null,
  takesBytes: true,
  answer: { status: 200, description: 'the upload', schema: uploadSchema },
  errors: ['missing', 'cancelled', 'unsupported', 'corrupt', 'empty', 'limit'],
  example: { params: { upload: EXAMPLE.upload }, query: { offset: 0 }, body: undefined },
});

export const giveUpUpload = operation({
  method: 'DELETE',
  path: '/uploads/{upload}',
  group,
  needs: { role: 'editor', scope: 'library:write' },
  summary: 'Gives up an upload of which not all is here.',
  params,
  query: none,
  body: null,
  answer: { status: 204, description: 'it is gone', schema: null },
  errors: ['missing', 'denied'],
  example: { params: { upload: EXAMPLE.otherUpload }, query: {}, body: undefined },
});
