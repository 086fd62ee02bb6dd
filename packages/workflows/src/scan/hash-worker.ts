// What each thread that hashes does: it keeps one kernel instance for all files it is given.
import type { Failure } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { type AudioFormat, type AudioPath, createAudioHasher, openAudio } from '@tutti/media';
import { failureOf } from '../failure.ts';

export interface HashTask {
  readonly path: AudioPath;
}

export type HashedFile =
  | { readonly audioHash: string; readonly format: AudioFormat & { readonly seconds: number } }
  | { readonly error: Failure };

let kernels: Kernels | undefined;

/** Decodes a file to the end. Never rejects. */
export async function hashTask({ path }: HashTask): Promise<HashedFile> {
  kernels ??= new Kernels();
  const mark = kernels.mark();
  try {
    await using source = await opened(path, kernels);
    const { sampleRate, channels } = source.format;
    const hasher = createAudioHasher(sampleRate, channels);
    let frames = 0;
    for await (const { samples } of source.blocks()) {
      hasher.update(samples);
      frames += samples.frames;
    }
    return { audioHash: hasher.digest(), format: { ...source.format, seconds: frames / sampleRate } };
  } catch (error) {
    return { error: failureOf(error) };
  } finally {
    kernels.release(mark);
  }
}

async function opened(path: AudioPath, into: Kernels) {
  const source = await openAudio(path, { kernels: into });
  return { ...source, [Symbol.asyncDispose]: () => source.close() };
}
