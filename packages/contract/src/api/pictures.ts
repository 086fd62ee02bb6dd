import { z } from 'zod';
import { EXAMPLE } from './examples.ts';
import { operation } from './operation.ts';
import { idParameter, none } from './parts.ts';

const group = 'pictures';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const pictureSchema = z.strictObject({
  digest: digest.describe('SHA-256 of its bytes'),
  kind: z.string().describe('what it shows: front, back, media, artist, other'),
  source: z.enum(['embedded', 'folder']),
  mediaType: z.string(),
  width: z.int().nullable().describe('pixels'),
  height: z.int().nullable(),
  bytes: z.int(),
});

export const listPictures = operation({
  method: 'GET',
  path: '/tracks/{track}/pictures',
  group,
  needs: { role: 'guest', scope: 'library:read' },
  summary: 'The pictures of a track, the best first.',
  params: z.strictObject({ track: idParameter }),
  query: none,
  body: null,
  answer: {
    status: 200,
    description: 'all of them',
    schema: z.strictObject({ items: z.array(pictureSchema).readonly() }),
  },
  errors: ['missing'],
  example: { params: { track: EXAMPLE.track }, query: {}, body: undefined },
});

export const getPicture = operation({
  method: 'GET',
  path: '/tracks/{track}/pictures/{picture}',
  group,
  needs: { role: 'guest', scope: 'library:read' },
  summary: 'A picture of a track, as it is or smaller.',
  params: z.strictObject({
    track: idParameter,
    picture: z.union([z.literal('best'), digest]).describe('its digest, or `best`'),
  }),
  query: z.strictObject({
    size: z
      .enum(['96', '320', '1024'])
      .optional()
      .describe('the longest side in pixels, as WebP; as it is when absent'),
  }),
  body: null,
  answer: {
    status: 200,
    description: 'the picture',
    schema: null,
    media: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  },
  errors: ['missing', 'corrupt'],
  example: { params: { track: EXAMPLE.track, picture: 'best' }, query: { size: '96' }, body: undefined },
});
