import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Key, parseKey } from '@tutti/music/theory';
import { z } from 'zod';
import type { Section } from './metrics/boundaries.ts';

/** What is known of a file. A member that is absent is not known. */
export interface Truth {
  /** Beats per minute, any of which is right; empty when the right answer is that there is none. */
  readonly bpms?: readonly number[];
  /** Seconds, ascending. */
  readonly beats?: readonly number[];
  readonly downbeats?: readonly number[];
  readonly key?: Key;
  readonly sections?: readonly Section[];
  readonly loudness?: {
    readonly integratedLufs?: number | undefined;
    readonly truePeakDb?: number | undefined;
    readonly rangeLu?: number | undefined;
  };
}

export interface CorpusFile {
  readonly id: string;
  /** As the manifest has it, relative to the corpus. */
  readonly path: string;
  readonly kind: string;
  readonly truth: Truth;
}

const sectionSchema = z.looseObject({ start: z.number(), end: z.number() });
const membersSchema = z.looseObject({
  bpm: z.number().positive().nullable().optional(),
  bpmAlternatives: z.array(z.number().positive()).optional(),
  key: z.string().optional(),
  beats: z.array(z.number()).optional(),
  downbeats: z.array(z.number()).optional(),
  sections: z.array(sectionSchema).optional(),
  loudness: z
    .looseObject({
      integratedLufs: z.number().optional(),
      truePeakDb: z.number().optional(),
      rangeLu: z.number().optional(),
    })
    .optional(),
});
/** In a manifest, `true` says that a member is to be found in the truth's file. */
const mark = z.literal(true).transform(() => undefined);
const entrySchema = z.looseObject({
  id: z.string(),
  path: z.string(),
  kind: z.string().default('other'),
  truth: membersSchema
    .extend({
      beats: z.array(z.number()).or(mark).optional(),
      downbeats: z.array(z.number()).or(mark).optional(),
      sections: z.array(sectionSchema).or(mark).optional(),
      truthPath: z.string().optional(),
      beatsPath: z.string().optional(),
    })
    .default({}),
});

/**
 * Reads `manifest.json` of a corpus and the files of truth that it names. What the manifest says itself wins.
 * @throws Error naming the file that is not as it should be
 */
export function readCorpus(folder: string): CorpusFile[] {
  const entries = parse(z.array(entrySchema), join(folder, 'manifest.json'));
  return entries.map(({ id, path, kind, truth: { truthPath, beatsPath, ...inline } }) => {
    const members: z.infer<typeof membersSchema> = {};
    for (const name of new Set([truthPath, beatsPath])) {
      if (name !== undefined) Object.assign(members, parse(membersSchema, join(folder, name)));
    }
    for (const [name, value] of Object.entries(inline)) if (value !== undefined) members[name] = value;
    return { id, path, kind, truth: truthOf(members, `${id} in ${folder}`) };
  });
}

function truthOf(members: z.infer<typeof membersSchema>, where: string): Truth {
  const { bpm, bpmAlternatives = [], beats, downbeats, sections, loudness } = members;
  const key = members.key === undefined ? undefined : parseKey(members.key);
  if (key === undefined && members.key !== undefined) throw new Error(`${where}: "${members.key}" is no key`);
  return {
    ...(bpm !== undefined && { bpms: bpm === null ? [] : [bpm, ...bpmAlternatives] }),
    ...(beats && { beats: ascending(beats) }),
    ...(downbeats && { downbeats: ascending(downbeats) }),
    ...(key && { key }),
    ...(sections && { sections }),
    ...(loudness && { loudness }),
  };
}

function ascending(times: readonly number[]): number[] {
  return [...times].sort((a, b) => a - b);
}

function parse<T>(schema: z.ZodType<T>, path: string): T {
  const result = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new Error(`${path}: ${z.prettifyError(result.error)}`);
  return result.data;
}
