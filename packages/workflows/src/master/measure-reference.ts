import { Kernels } from '@tutti/dsp';
import type { ReferenceSong } from '@tutti/music/mastering';
import { failureOf, WorkflowError } from '../failure.ts';
import { measureFile } from './measure-file.ts';

/** Measures a song that others are to sound like. @throws as `measureFile`, naming the reference */
export async function measureReference(path: string, signal: AbortSignal | undefined): Promise<ReferenceSong> {
  const { song } = await measureFile(path, new Kernels(), { keep: false, signal }).catch((error: unknown) => {
    const { kind, message } = failureOf(error);
    throw kind === 'cancelled' || message.includes(path)
      ? error
      : new WorkflowError(kind, `the reference ${path}: ${message}`, error);
  });
  const { figures, frames, sampleRate } = song;
  return { figures, frames, sampleRate };
}
