import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Key, parseKey } from '@tutti/music/theory';
import { z } from 'zod';
import type { CorpusFile } from './corpus.ts';
import type { Section } from './metrics/boundaries.ts';

/** What a program said of a file; null where it said nothing. */
export interface Answer {
  readonly failed: boolean;
  readonly bpm: number | null;
  readonly confidence: number | null;
  /** Seconds, ascending. */
  readonly beats: readonly number[] | null;
  readonly downbeats: readonly number[] | null;
  readonly key: Key | null;
  readonly sections: readonly Section[] | null;
  readonly integratedLufs: number | null;
  readonly truePeakDb: number | null;
  readonly rangeLu: number | null;
  /** CPU time, and how much audio it was spent on. */
  readonly cpuSeconds: number | null;
  readonly audioSeconds: number | null;
}

const figure = z.number().nullish();
const times = z.array(z.number()).nullish();
const answerSchema = z.looseObject({
  id: z.string().optional(),
  path: z.string().optional(),
  error: z.unknown().optional(),
  tempo: z.looseObject({ bpm: figure, confidence: figure, beats: times, downbeats: times }).nullish(),
  key: z.looseObject({ tonic: z.string().nullish(), mode: z.string().nullish() }).or(z.string()).nullish(),
  structure: z
    .looseObject({ sections: z.array(z.looseObject({ start: z.number(), end: z.number() })).nullish() })
    .nullish(),
  loudness: z.looseObject({ integratedLufs: figure, truePeakDb: figure, rangeLu: figure }).nullish(),
  format: z.looseObject({ seconds: figure }).nullish(),
  cpuSeconds: figure,
  audioSeconds: figure,
});
type AnswerLine = z.infer<typeof answerSchema>;

/** The answer in a line of results: `tutti analyse --json`, or another program's in the same form. */
export function answerOf(line: unknown): Answer {
  const { error, tempo, key, structure, loudness, format, cpuSeconds, audioSeconds } = answerSchema.parse(line);
  const ascending = (values: readonly number[] | null | undefined) =>
    values ? [...values].sort((a, b) => a - b) : null;
  return {
    failed: error !== undefined && error !== null && error !== false,
    bpm: tempo?.bpm !== undefined && tempo.bpm !== null && tempo.bpm > 0 ? tempo.bpm : null,
    confidence: tempo?.confidence ?? null,
    beats: ascending(tempo?.beats),
    downbeats: ascending(tempo?.downbeats),
    key: keyAnswer(key),
    sections: structure?.sections ?? null,
    integratedLufs: loudness?.integratedLufs ?? null,
    truePeakDb: loudness?.truePeakDb ?? null,
    rangeLu: loudness?.rangeLu ?? null,
    cpuSeconds: cpuSeconds ?? null,
    audioSeconds: audioSeconds ?? format?.seconds ?? null,
  };
}

function keyAnswer(key: AnswerLine['key']): Key | null {
  if (key === null || key === undefined) return null;
  const text = typeof key === 'string' ? key : key.tonic ? `${key.tonic} ${key.mode ?? ''}` : '';
  return parseKey(text) ?? null;
}

/** Answers by file of a corpus, as far as there are any. */
export type Answers = ReadonlyMap<string, Answer>;

/**
 * Reads results, one JSON object a line, and finds the line of each file: by its `id`, else by its path, else by the
 * name at the end of its path.
 * @returns answers by the id of the file
 * @throws Error naming the line that is not as it should be
 */
export function readAnswers(path: string, corpus: readonly CorpusFile[]): Answers {
  const byId = new Map<string, Answer>();
  const byPath = new Map<string, Answer>();
  const byName = new Map<string, Answer>();
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((text, index) => {
      if (text.trim() === '') return;
      try {
        const line = answerSchema.parse(JSON.parse(text));
        const answer = answerOf(line);
        if (line.id !== undefined) byId.set(line.id, answer);
        if (line.path === undefined) return;
        byPath.set(line.path, answer);
        if (!byName.has(basename(line.path))) byName.set(basename(line.path), answer);
      } catch (error) {
        throw new Error(`${path}, line ${index + 1}: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    });
  const found = corpus.flatMap((file): [string, Answer][] => {
    const answer = byId.get(file.id) ?? byPath.get(file.path) ?? byName.get(basename(file.path));
    return answer ? [[file.id, answer]] : [];
  });
  return new Map(found);
}
