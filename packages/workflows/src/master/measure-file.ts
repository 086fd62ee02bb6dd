import type { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import {
  keptSong,
  type MasterPlan,
  type MeasuredSong,
  measureSource,
  type SampleMemory,
  type TrackSource,
} from '@tutti/music/mastering';
import { overheard } from './overheard-source.ts';

/** A file as a master plan names it, and what was measured of it. */
export interface MeasuredFile {
  readonly song: MeasuredSong;
  readonly source: MasterPlan['source'];
  /** What was odd about the file. */
  readonly warnings: readonly string[];
  /** Its samples, where they were to be kept and could be. */
  readonly decoded: TrackSource | null;
}

export interface MeasureFileOptions {
  /** Keep the samples of a song that is not too long: it is to be rendered. */
  readonly keep: boolean;
  /** Where what is kept of the samples is; memory of its own when absent. */
  readonly memory?: SampleMemory | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Share of the song that has been measured, 0 to 1; not called where the length is not known beforehand. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Measures a file for a master.
 * @param path absolute, so that the plan can be rendered from anywhere
 * @param kernels the thread's instance; what this allocates in it is freed again
 * @throws MediaError when it cannot be read, MasteringError 'source' when it is of a form that is not mastered
 */
export async function measureFile(
  path: string,
  kernels: Kernels,
  { keep, memory, signal, onProgress }: MeasureFileOptions,
): Promise<MeasuredFile> {
  const opened = await openAudio(path, { signal });
  const { source, digest } = overheard(opened);
  const { seconds } = opened.format;
  const song = await measureSource(source, kernels, {
    ...{ keepWhole: keep, memory, signal },
    ...(onProgress && seconds && { onProgress: (done: number) => onProgress(Math.min(1, done / seconds)) }),
  });
  const { sampleRate, channels, frames } = song;
  return {
    song,
    source: { path, audioHash: digest(), sampleRate, channels: channels as 1 | 2, seconds: frames / sampleRate },
    warnings: opened.warnings,
    decoded: keptSong(song),
  };
}
