import type { EnergyShape } from '@tutti/music/set-planning';
import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { scanReportSchema, scanStepSchema } from './scan.ts';
import { setPlanSchema } from './set-plan.ts';

export const JOB_SCHEMA = 'tutti.job/1';

const path = z.string().min(1).describe('absolute');
const share = z.number().min(0).max(1);
const course = z.array(z.strictObject({ at: share, value: z.number() })).min(1);
const energyShapes = ['rise', 'fall', 'peak', 'wave', 'flat'] as const satisfies readonly EnergyShape[];

/** What was made, in the store of results. */
export const storedFileSchema = z.strictObject({
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the bytes'),
  bytes: z.int().min(0),
  ending: z.string().describe('what it is: json, flac, wav, …'),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

const soundFormat = z
  .strictObject({
    ending: z
      .string()
      .regex(/^[a-z0-9]{1,8}$/)
      .default('flac')
      .describe('flac, wav, and with ffmpeg mp3, m4a, opus, …'),
    sampleFormat: z.enum(['int16', 'int24', 'float32']).default('int24'),
  })
  .prefault({});

/** What is asked of a set, beside its files. Tracks are named by path, by the name of their file, or by title. */
export const setRequestSchema = z.strictObject({
  filter: z.string().optional().describe('only tracks that it means: "bpm:120-128 key:8A..10A"'),
  energy: z.union([z.enum(energyShapes), course]).optional(),
  lengthSeconds: z.number().positive().optional().describe('all tracks when absent'),
  first: z.string().optional(),
  last: z.string().optional(),
  must: z.array(z.string()).optional(),
  not: z.array(z.string()).optional(),
  order: z.array(z.string()).optional(),
  pairs: z.array(z.tuple([z.string(), z.string()])).optional(),
  tempoRange: z.strictObject({ lowest: z.number().positive(), highest: z.number().positive() }).optional(),
  tempoPath: course.optional(),
  keepOrder: z.boolean().optional(),
  seed: z.int().min(0).default(1),
  candidates: z.int().min(1).max(20).optional(),
});

const files = z.array(path).min(1);
const level = { seconds: z.number().min(0), integratedLufs: z.number().nullable(), truePeakDb: z.number().nullable() };
const render = z.strictObject({ file: storedFileSchema, plan: storedFileSchema, ...level });
const doing = z.strictObject({ doing: z.string(), share: share });

/** Every type of job: what it is given, what it says on its way, what it gives. */
export const JOB_SHAPES = {
  scan: {
    input: z.strictObject({
      folders: z.array(path).default([]).describe('taken into the library first'),
      analyse: z.boolean().default(true),
    }),
    progress: z.strictObject({
      step: scanStepSchema,
      done: z.int().min(0),
      total: z.int().min(0).nullable(),
      name: z.string(),
    }),
    result: scanReportSchema.extend({
      following: z
        .strictObject({
          analyses: z.int().positive().describe('jobs, one for each sound that has no analysis'),
          index: z.uuid().describe('the job that comes after their ends'),
        })
        .nullable()
        .describe('what was asked for; null where there was nothing to analyse, or it was not wanted'),
    }),
  },
  analyse: {
    input: z.strictObject({
      path,
      pathBytes: z
        .string()
        .regex(/^([0-9a-f]{2})+$/)
        .optional()
        .describe('where the name of the file is no UTF-8: its bytes, in hexadecimal digits'),
    }),
    progress: doing,
    result: z.strictObject({
      audioHash: z.string(),
      analysis: storedFileSchema,
      heard: z
        .strictObject({ size: z.int().min(0), modifiedUs: z.int(), analyser: z.string() })
        .describe('what the file was, and by which version: as long as both are so, it is not listened to again'),
    }),
  },
  index: {
    input: z.strictObject({
      scan: z.int().positive().describe('its number'),
      asked: z.uuid().describe('the job that found what was to be analysed'),
    }),
    progress: doing,
    result: scanReportSchema,
  },
  'plan-set': {
    input: z.strictObject({ files, request: setRequestSchema.prefault({}) }),
    progress: doing,
    result: z.strictObject({ plans: z.array(setPlanSchema) }),
  },
  mix: {
    input: z.strictObject({
      files,
      request: setRequestSchema.prefault({}),
      tempo: z.union([z.literal('follow'), z.number().min(40).max(240)]).default('follow'),
      output: soundFormat,
    }),
    progress: doing,
    result: render,
  },
  master: {
    input: z.strictObject({
      path,
      target: z.string().optional(),
      style: z.string().optional(),
      loudnessLufs: z.number().min(-60).max(-4).optional(),
      ceilingDb: z.number().min(-24).max(0).optional(),
      output: soundFormat,
    }),
    progress: doing,
    result: render,
  },
  balance: {
    input: z.strictObject({
      files,
      loudnessLufs: z.number().min(-60).max(-4).default(-18),
      ceilingDb: z.number().min(-24).max(0).default(-1),
      reference: path.optional(),
      output: soundFormat,
    }),
    progress: doing,
    result: render,
  },
  duplicates: {
    input: z.strictObject({
      edits: z.boolean().default(false).describe('also files of which one has most of the other in it'),
    }),
    progress: doing,
    result: z.strictObject({
      files: z.int().min(0).describe('that were compared: those that have an analysis of this version'),
      groups: z.int().min(0),
      report: storedFileSchema.describe('a document tutti.duplicates/1 for each group, one per line'),
    }),
  },
} as const;
const amount = z.strictObject({ results: z.int().min(0), bytes: z.int().min(0) });

/** What became of the store of results: `tutti jobs clean --json`. */
export const cleanedResultsSchema = z.strictObject({
  dryRun: z.boolean().describe('nothing was removed; it would have been'),
  removed: amount,
  kept: amount,
  tooMany: z
    .int()
    .min(0)
    .describe('bytes that are kept beyond what is allowed, because they are new or a job needs them'),
});
export type CleanedResults = z.infer<typeof cleanedResultsSchema>;

export type JobTypeName = keyof typeof JOB_SHAPES;

/** What a job is asked for with, as it is once the defaults are in. */
export type JobInput<Name extends JobTypeName> = z.output<(typeof JOB_SHAPES)[Name]['input']>;
export type JobProgress<Name extends JobTypeName> = z.output<(typeof JOB_SHAPES)[Name]['progress']>;
export type JobResult<Name extends JobTypeName> = z.output<(typeof JOB_SHAPES)[Name]['result']>;

const moment = z.iso.datetime().nullable();

const about = {
  schema: z.literal(JOB_SCHEMA),
  id: z.uuid(),
  number: z.int().positive().describe('grows from job to job; pages of lists end with it'),
  owner: z.string(),
  priority: z.enum(['background', 'usual', 'urgent']),
  state: z
    .enum(['blocked', 'waiting', 'running', 'done', 'skipped', 'failed'])
    .describe('blocked: waits for other jobs; a cancelled job failed with the kind cancelled'),
  attempt: z.int().min(0).describe('how often it was begun'),
  revision: z.int().positive().describe('grows with every change'),
  reason: z.string().nullable().describe('why it was skipped'),
  error: failureSchema.nullable().describe('why it failed'),
  createdAt: z.iso.datetime(),
  notBefore: moment.describe('when it is tried again'),
  startedAt: moment,
  endedAt: moment,
};

/** A job of any type; what is asked for, said and given is held to its type elsewhere. */
export const jobSchema = z.strictObject({
  ...about,
  type: z.string(),
  input: z.unknown(),
  progress: z.unknown(),
  result: z.unknown(),
});
/** A job as it stands: a line of `tutti jobs list --json`. */
export type JobDocument = z.infer<typeof jobSchema>;

/** As `jobSchema`, with the shapes of every type: for the published schema. */
export const jobOfTypeSchema = z.union(
  Object.entries(JOB_SHAPES).map(([type, { input, progress, result }]) =>
    z.strictObject({
      ...about,
      type: z.literal(type),
      input,
      progress: progress.nullable(),
      result: result.nullable(),
    }),
  ),
);
