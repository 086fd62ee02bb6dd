import { Kernels } from '@tutti/dsp';
import type { ReferenceSong } from '@tutti/music/mastering';
import { measureFile } from './measure-file.ts';

/** Measures a song that others are to sound like. @throws as `measureFile` */
export async function measureReference(path: string, signal: AbortSignal | undefined): Promise<ReferenceSong> {
  const { figures, frames, sampleRate } = (await measureFile(path, new Kernels(), { keep: false, signal })).song;
  return { figures, frames, sampleRate };
}
