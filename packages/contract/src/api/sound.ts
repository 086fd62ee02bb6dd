import { z } from 'zod';
import { EXAMPLE } from './examples.ts';
import { operation } from './operation.ts';
import { idParameter, none } from './parts.ts';

const group = 'tracks';
const params = z.strictObject({ track: idParameter });

export const getSound = operation({
  method: 'GET',
  path: '/tracks/{track}/audio',
  group,
  needs: { role: 'listener', scope: 'library:read' },
  summary: 'The file of a track, byte for byte, whole or in ranges.',
  params,
  query: none,
  body: null,
  answer: { status: 200, description: 'the file', schema: null, media: ['audio/*', 'application/octet-stream'] },
  errors: ['missing', 'denied'],
  example: { params: { track: EXAMPLE.track }, query: {}, body: undefined },
});

export const streamSound = operation({
  method: 'GET',
  path: '/tracks/{track}/stream',
  group,
  needs: { role: 'listener', scope: 'library:read' },
  summary: 'The sound of a track in a format that a browser plays, made while it is sent.',
  description: 'It needs ffmpeg. There are no ranges: `start` says where in the track it begins.',
  params,
  query: z.strictObject({
    as: z.enum(['mp3', 'opus', 'aac', 'flac']),
    start: z.coerce.number().min(0).max(86_400).default(0).describe('seconds'),
  }),
  body: null,
  answer: {
    status: 200,
    description: 'the stream',
    schema: null,
    media: ['audio/mpeg', 'audio/ogg', 'audio/aac', 'audio/flac'],
  },
  errors: ['missing', 'denied', 'unsupported', 'corrupt'],
  example: { params: { track: EXAMPLE.track }, query: { as: 'mp3', start: 2 }, body: undefined },
});
