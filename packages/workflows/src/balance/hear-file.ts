import { basename, extname } from 'node:path';
import type { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import { hearStem, type StemKind, type StemToMix } from '@tutti/music/balancing';
import { overheard } from '../master/overheard-source.ts';

/** A file to hear as a stem. */
export interface StemFile {
  /** Absolute, so that the plan can be rendered from anywhere. */
  readonly path: string;
  /** What a person said that it is. */
  readonly told?: StemKind | undefined;
}

/** A stem in a file, heard, and what was odd about the file. */
export interface HeardFile {
  readonly stem: StemToMix;
  readonly warnings: readonly string[];
}

/**
 * Hears a file as a stem, whose name is that of the file without its ending.
 * @param kernels the thread's instance; what this allocates in it is freed again
 * @throws MediaError when it cannot be read, BalancingError 'source' when it is of a form that is not mixed
 */
export async function hearFile(
  { path, told }: StemFile,
  kernels: Kernels,
  { signal, onProgress }: { readonly signal?: AbortSignal | undefined; onProgress?: (share: number) => void },
): Promise<HeardFile> {
  const opened = await openAudio(path, { signal });
  const { source, digest } = overheard(opened);
  const { seconds: length } = opened.format;
  const heard = await hearStem(source, kernels, {
    name: basename(path, extname(path)),
    ...{ told, signal },
    ...(length && onProgress && { onProgress: (seconds: number) => onProgress(Math.min(1, seconds / length)) }),
  });
  const { sampleRate, channels, frames } = heard;
  return {
    stem: { heard, source: { path, audioHash: digest(), sampleRate, channels, seconds: frames / sampleRate } },
    warnings: opened.warnings,
  };
}
