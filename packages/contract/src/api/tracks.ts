import { z } from 'zod';
import { analysisLineSchema } from '../analysis.ts';
import { facetsSchema, listedTrackSchema } from '../listed-track.ts';
import { similarTrackSchema } from '../similar.ts';
import { EXAMPLE } from './examples.ts';
import { operation } from './operation.ts';
import { filterParameter, idParameter, none, pageOf, pageParameters, yesOrNo } from './parts.ts';

const group = 'tracks';
const params = z.strictObject({ track: idParameter });
const example = { params: { track: EXAMPLE.track }, query: {}, body: undefined };

export const listTracks = operation({
  method: 'GET',
  path: '/tracks',
  group,
  needs: { role: 'guest', scope: 'library:read' },
  summary: 'The tracks of the library that a filter means, page by page.',
  description: 'A page begins right after the place where the one before ended, whatever came or went meanwhile.',
  params: none,
  query: z.strictObject({
    filter: filterParameter.optional(),
    sort: z
      .string()
      .max(200)
      .optional()
      .describe('up to four of title, artist, album, bpm, key, added, …, a minus before what goes down: `-bpm,title`'),
    forgiving: yesOrNo.optional().describe('take words that no track has for those that are nearest'),
    ...pageParameters,
  }),
  body: null,
  answer: {
    status: 200,
    description: 'a page of tracks',
    schema: pageOf(listedTrackSchema).extend({
      words: z
        .array(z.strictObject({ typed: z.string(), meant: z.array(z.string()).readonly() }))
        .readonly()
        .describe('words that were taken for others'),
    }),
  },
  errors: [],
  example: { params: {}, query: { filter: 'length<10:00', sort: '-bpm,title', limit: 20 }, body: undefined },
});

export const countFacets = operation({
  method: 'GET',
  path: '/facets',
  group,
  needs: { role: 'guest', scope: 'library:read' },
  summary: 'How many tracks that a filter means there are of each genre, artist, key and tempo.',
  params: none,
  query: z.strictObject({ filter: filterParameter.optional() }),
  body: null,
  answer: { status: 200, description: 'the counts', schema: facetsSchema },
  errors: [],
  example: { params: {}, query: { filter: 'length<10:00' }, body: undefined },
});

export const getTrack = operation({
  method: 'GET',
  path: '/tracks/{track}',
  group,
  needs: { role: 'guest', scope: 'library:read' },
  summary: 'One track.',
  params,
  query: none,
  body: null,
  answer: { status: 200, description: 'the track', schema: listedTrackSchema },
  errors: ['missing'],
  example,
});

export const getAnalysis = operation({
  method: 'GET',
  path: '/tracks/{track}/analysis',
  group,
  needs: { role: 'listener', scope: 'library:read' },
  summary: 'The analysis of a track, as `tutti analyse --json` has it.',
  params,
  query: none,
  body: null,
  answer: { status: 200, description: 'the analysis', schema: analysisLineSchema },
  errors: ['missing'],
  example,
});

const seconds = z.number();

export const getMarks = operation({
  method: 'GET',
  path: '/tracks/{track}/marks',
  group,
  needs: { role: 'listener', scope: 'library:read' },
  summary:
    'Cues and grids that other programs left in the tags of a track, or say of it in a collection that was imported.',
  params,
  query: none,
  body: null,
  answer: {
    status: 200,
    description: 'what each program left',
    schema: z.strictObject({
      items: z
        .array(
          z.strictObject({
            source: z.string().describe('serato, chapters; rekordbox, traktor: of a collection that was imported'),
            cues: z
              .array(
                z.strictObject({
                  kind: z.enum(['cue', 'loop', 'chapter', 'fade-in', 'fade-out', 'load']),
                  name: z.string(),
                  seconds,
                  endSeconds: seconds.nullable(),
                  pad: z.number().nullable().describe('the pad that it is on, from 0'),
                  colour: z.string().nullable(),
                }),
              )
              .readonly(),
            grid: z
              .array(
                z.strictObject({
                  ...{ seconds, bpm: z.number() },
                  ...{ meter: z.number().optional(), beat: z.number().optional() },
                }),
              )
              .readonly(),
            remarks: z.array(z.string()).readonly(),
          }),
        )
        .readonly(),
    }),
  },
  errors: ['missing'],
  example,
});

const tracks = z.strictObject({ items: z.array(similarTrackSchema).readonly() });

export const listSimilar = operation({
  method: 'GET',
  path: '/tracks/{track}/similar',
  group,
  needs: { role: 'listener', scope: 'library:read' },
  summary: 'The tracks that sound most like one, nearest first.',
  params,
  query: z.strictObject({
    count: z.coerce.number().int().min(1).max(1000).default(10).describe('how many, at most'),
    filter: filterParameter.optional(),
    harmonic: yesOrNo.optional().describe('only in a key that mixes with that of the track'),
    tempoWithin: z.coerce
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('only with a tempo, or half or double of it, at most this share away'),
    otherArtists: yesOrNo.optional().describe('only by somebody else'),
  }),
  body: null,
  answer: { status: 200, description: 'the tracks', schema: tracks },
  errors: ['missing', 'empty'],
  example: { params: { track: EXAMPLE.track }, query: { count: 5, harmonic: 'false' }, body: undefined },
});

export const findPath = operation({
  method: 'GET',
  path: '/path',
  group,
  needs: { role: 'listener', scope: 'library:read' },
  summary: 'A way from one track to another in steps that sound alike.',
  params: none,
  query: z.strictObject({
    from: idParameter,
    to: idParameter,
    between: z.coerce.number().int().min(0).max(1000).default(6).describe('how many tracks lie between the two'),
    filter: filterParameter.optional(),
  }),
  body: null,
  answer: { status: 200, description: 'the tracks, both ends with them', schema: tracks },
  errors: ['missing', 'empty', 'unsupported'],
  example: { params: {}, query: { from: EXAMPLE.track, to: EXAMPLE.otherTrack, between: 3 }, body: undefined },
});
