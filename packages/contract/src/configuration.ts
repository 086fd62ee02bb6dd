import { z } from 'zod';

/** What a person or an operator may set: in the environment, or in a file of JSON under its name. */
export interface Setting<Value> {
  readonly environment: string;
  readonly value: z.ZodType<Value>;
  /** What may be set, in words. */
  readonly allowed: string;
  readonly about: string;
  /** Not to be shown: the password in an address, or all of it. */
  readonly secret?: 'password' | 'whole';
  /** In the environment it is a text that says a number. */
  readonly numeric?: boolean;
}

const path = z.string().min(1).max(4096);

/** All settings. Where neither environment nor file says anything, a default is taken. */
export const SETTINGS = {
  home: {
    environment: 'TUTTI_HOME',
    value: path,
    allowed: 'the path of a folder',
    about: 'where library, presets, backups and results are kept',
  },
  databaseUrl: {
    environment: 'DATABASE_URL',
    value: z.string().regex(/^postgres(ql)?:\/\/\S+$/),
    allowed: 'postgresql://USER:PASSWORD@HOST:PORT/DATABASE',
    about: 'a PostgreSQL server, instead of the database in the folder',
    secret: 'password',
  },
  results: {
    environment: 'TUTTI_RESULTS',
    value: path,
    allowed: 'the path of a folder',
    about: 'where results of jobs are kept; one that all workers share, where there are several',
  },
  publicUrl: {
    environment: 'TUTTI_PUBLIC_URL',
    value: z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/),
    allowed: 'https://NAME, as people reach the service',
    about:
      'where people reach the service, when something stands before it: its name, and whether cookies are for https alone',
  },
  secret: {
    environment: 'TUTTI_SECRET',
    value: z.string().min(32).max(1000),
    allowed: 'a text of 32 characters or more, at random',
    about: 'by what sessions are signed; one that all services of a database share, where there are several',
    secret: 'whole',
  },
  resultsDays: {
    environment: 'TUTTI_RESULTS_DAYS',
    value: z.int().min(1).max(30),
    allowed: 'a whole number from 1 to 30',
    about: 'days that results are kept after the last job that gave or used them has ended',
    numeric: true,
  },
  resultsGib: {
    environment: 'TUTTI_RESULTS_GIB',
    value: z.number().min(0.1).max(1_000_000),
    allowed: 'a number from 0.1 to 1000000',
    about:
      'GiB that results may take: of jobs that have ended the oldest go first; all that is younger than resultsDays when absent',
    numeric: true,
  },
  ffmpeg: {
    environment: 'TUTTI_FFMPEG',
    value: path,
    allowed: 'the path of a program',
    about: 'the ffmpeg that reads and writes other formats; the one on PATH when absent',
  },
  traces: {
    environment: 'TUTTI_TRACES',
    value: z.string().regex(/^https?:\/\/\S+$/),
    allowed: 'the address of a collector: http://localhost:4318/v1/traces',
    about: 'where traces of requests and jobs are sent (OpenTelemetry, OTLP over HTTP); none are made when absent',
    secret: 'password',
  },
  workerCores: {
    environment: 'TUTTI_WORKER_CORES',
    value: z.int().min(1).max(1024),
    allowed: 'a whole number from 1 to 1024',
    about: 'cores that a worker uses',
    numeric: true,
  },
  workerMemoryGib: {
    environment: 'TUTTI_WORKER_MEMORY_GIB',
    value: z.number().min(0.25).max(65_536),
    allowed: 'a number from 0.25 to 65536',
    about: 'memory that a worker uses, GiB',
    numeric: true,
  },
} as const satisfies Record<string, Setting<string> | Setting<number>>;
export type SettingName = keyof typeof SETTINGS;

/** The file of settings: all of them may be left out. */
export const configurationFileSchema = z.strictObject({
  home: SETTINGS.home.value.optional().describe(SETTINGS.home.about),
  databaseUrl: SETTINGS.databaseUrl.value.optional().describe(SETTINGS.databaseUrl.about),
  results: SETTINGS.results.value.optional().describe(SETTINGS.results.about),
  publicUrl: SETTINGS.publicUrl.value.optional().describe(SETTINGS.publicUrl.about),
  secret: SETTINGS.secret.value.optional().describe(SETTINGS.secret.about),
  resultsDays: SETTINGS.resultsDays.value.optional().describe(SETTINGS.resultsDays.about),
  resultsGib: SETTINGS.resultsGib.value.optional().describe(SETTINGS.resultsGib.about),
  ffmpeg: SETTINGS.ffmpeg.value.optional().describe(SETTINGS.ffmpeg.about),
  traces: SETTINGS.traces.value.optional().describe(SETTINGS.traces.about),
  workerCores: SETTINGS.workerCores.value.optional().describe(SETTINGS.workerCores.about),
  workerMemoryGib: SETTINGS.workerMemoryGib.value.optional().describe(SETTINGS.workerMemoryGib.about),
} satisfies Record<SettingName, z.ZodType>);

/** A setting as it is in force: part of `tutti doctor --json`. */
export const effectiveSettingSchema = z.strictObject({
  name: z.string(),
  environment: z.string().describe('the variable that sets it'),
  value: z.union([z.string(), z.number(), z.null()]).describe('without its password; null where there is none'),
  source: z.enum(['environment', 'file', 'default']),
});
export type EffectiveSetting = z.infer<typeof effectiveSettingSchema>;
