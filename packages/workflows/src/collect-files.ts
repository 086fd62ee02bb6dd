import type { Failure } from '@tutti/contract';
import { type AudioPath, walkAudio } from '@tutti/media';
import { failureOf } from './failure.ts';

export interface CollectedFiles {
  /** A string each, or bytes where the name is no valid UTF-8. */
  readonly files: readonly AudioPath[];
  readonly failures: readonly { readonly path: string; readonly error: Failure }[];
}

/** The audio files that a list of files and folders names, in order; what cannot be read is told, not thrown. */
export async function collectFiles(paths: readonly string[], signal?: AbortSignal): Promise<CollectedFiles> {
  const files: AudioPath[] = [];
  const failures: { path: string; error: Failure }[] = [];
  for await (const { path, name, error } of walkAudio(paths, { signal })) {
    if (error) failures.push({ path: name, error: failureOf(error) });
    else files.push(path);
  }
  return { files, failures };
}
