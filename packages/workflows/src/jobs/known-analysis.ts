import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type AnalysisLine, analysisLineSchema, JOB_SHAPES } from '@tutti/contract';
import type { JobQueue } from '@tutti/jobs';
import { analysisAt, type Database, type HeardFile } from '@tutti/library';
import { type AudioPath, displayPath, type FileStamp, fileStamp, pathBytes, type ResultStore } from '@tutti/media';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { tagsOf } from '../analyse/analyse-track.ts';
import { inputOfPath } from './job-path.ts';
import { JOB_TYPES } from './job-types.ts';

/** Where analyses that were made are kept. */
export interface KeptAnalyses {
  readonly library: Database;
  readonly queue: JobQueue;
  readonly store: ResultStore;
}

/** What is known of a file. */
export interface KnownFile {
  /** What it is now. */
  readonly stamp: FileStamp;
  /** As the library has it; undefined where it is not in it, or was written to since the last scan. */
  readonly file: HeardFile | undefined;
  /** Reads its analysis; undefined when there is none of this version. */
  readonly analysis: (() => Promise<AnalysisLine>) | undefined;
}

/**
 * What is known of a file without listening to it: out of the library, or from a job that analysed it as it is now.
 * @throws MediaError 'missing', 'denied'
 */
export async function knownFile(kept: KeptAnalyses, path: AudioPath): Promise<KnownFile> {
  const stamp = await fileStamp(path);
  const file = await fileInLibrary(kept.library, path, stamp);
  if (file?.line != null) {
    const { line } = file;
    return { stamp, file, analysis: () => lineOf(path, file, line) };
  }
  const key = await analysedBefore(kept, path, stamp);
  return { stamp, file, analysis: key === undefined ? undefined : () => storedLine(kept.store, key) };
}

async function fileInLibrary(library: Database, path: AudioPath, stamp: FileStamp): Promise<HeardFile | undefined> {
  const absolute = typeof path === 'string' ? resolve(path) : path;
  const file =
    (await analysisAt(library, pathBytes(absolute), ANALYSER_VERSION)) ??
    (await analysisAt(library, await realpath(path, { encoding: 'buffer' }), ANALYSER_VERSION));
  return file?.size === stamp.size && file.modifiedUs === stamp.modifiedUs ? file : undefined;
}

/** The analysis of a sound as that of one of its files: another one may have been listened to. */
async function lineOf(path: AudioPath, file: HeardFile, json: string): Promise<AnalysisLine> {
  const line = analysisLineSchema.parse(JSON.parse(json));
  const { container, codec, lossless, bitsPerSample } = file;
  return {
    ...line,
    path: displayPath(path),
    format: {
      ...line.format,
      ...(container !== null && codec !== null && lossless !== null && { container, codec, lossless }),
      bitsPerSample: bitsPerSample ?? undefined,
    },
    tags: await tagsOf(path),
  };
}

/** The key of what the last job made of the file, when that still holds. */
async function analysedBefore({ queue, store }: KeptAnalyses, path: AudioPath, stamp: FileStamp) {
  const job = await queue.latest(JOB_TYPES.analyse, inputOfPath(path));
  const { data } = JOB_SHAPES.analyse.result.safeParse(job?.result);
  if (data === undefined) return undefined;
  const { analyser, size, modifiedUs } = data.heard;
  const holds = analyser === ANALYSER_VERSION && size === stamp.size && modifiedUs === stamp.modifiedUs;
  return holds && (await store.find(data.analysis.key)) ? data.analysis.key : undefined;
}

async function storedLine(store: ResultStore, key: string): Promise<AnalysisLine> {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read(key)) pieces.push(piece);
  return analysisLineSchema.parse(JSON.parse(Buffer.concat(pieces).toString()));
}
