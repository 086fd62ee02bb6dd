import { availableParallelism } from 'node:os';
import {
  countPending,
  type Database,
  type FailedFile,
  type FileSound,
  noteFailures,
  type Pending,
  type PendingFile,
  pendingFiles,
  storeSounds,
} from '@tutti/library';
import type { AudioFormat } from '@tutti/media';
import { failureOf } from '../failure.ts';
import { inOrder } from '../in-order.ts';
import { hashCrew } from './hash-crew.ts';
import { fullPath, requireUnchanged, type StepOptions } from './scan-options.ts';

/** Files whose sounds are noted at once. */
const BATCH = 100;
const IN_FLIGHT_PER_JOB = 4;

type SoundFormat = Omit<AudioFormat, 'seconds' | 'speakers' | 'bitsPerSample'> & {
  readonly seconds: number;
  readonly bitsPerSample?: number | undefined;
};

/** The sound of a file as the library keeps it. */
export function soundOf(
  { id, revision }: PendingFile,
  audioHash: string,
  { sampleRate, channels, seconds, container, codec, lossless, bitsPerSample }: SoundFormat,
): FileSound {
  const format = { sampleRate, channels, seconds, container, codec, lossless, bitsPerSample: bitsPerSample ?? null };
  return { id, revision, audioHash, ...format };
}

/** Decodes files that are new or changed, over all cores, and notes which sounds they are. */
export async function hashFiles(
  library: Database,
  which: Extract<Pending, 'sound' | 'sound-of-copies'>,
  { jobs = availableParallelism(), signal, onProgress }: StepOptions & { readonly jobs?: number | undefined },
): Promise<void> {
  const total = await countPending(library, which);
  if (total === 0) return;
  const count = Math.min(jobs, total);
  const crew = await hashCrew(count);
  let done = 0;
  let last = 0;
  try {
    for (;;) {
      const files = await pendingFiles(library, which, last, BATCH);
      if (files.length === 0) return;
      last = files.at(-1)!.id;
      const found: FileSound[] = [];
      const failed: FailedFile[] = [];
      const hash = async (file: PendingFile): Promise<FileSound | FailedFile> => {
        try {
          const hashed = await crew.work({ path: fullPath(file.root, file.path) }, signal);
          if ('error' in hashed) return { ...file, reason: hashed.error };
          await requireUnchanged(file);
          return soundOf(file, hashed.audioHash, hashed.format);
        } catch (error) {
          signal?.throwIfAborted();
          return { ...file, reason: failureOf(error) };
        }
      };
      const keep = () =>
        library.transaction(async (queries) => {
          await storeSounds(queries, found);
          await noteFailures(queries, 'sound', failed);
        });
      try {
        for await (const result of inOrder(files, count * IN_FLIGHT_PER_JOB, hash)) {
          if ('reason' in result) failed.push(result);
          else found.push(result);
          done += 1;
          onProgress?.({ step: 'sound', done, total, name: files[found.length + failed.length - 1]!.name });
        }
      } finally {
        await keep();
      }
    }
  } finally {
    await crew.dismiss();
  }
}
