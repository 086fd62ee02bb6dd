// What each thread that hears stems does: it keeps one kernel instance for all files it is given.
import type { Failure } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { failureOf } from '../failure.ts';
import { type HeardFile, hearFile, type StemFile } from './hear-file.ts';

let kernels: Kernels | undefined;

/** A stem that was heard, or why it was not. */
export type StemOrFailure = HeardFile | { readonly path: string; readonly error: Failure };

/** Never rejects: what fails comes back as a failure. */
export async function hearTask(
  file: StemFile,
  signal?: AbortSignal,
  onProgress?: (share: number) => void,
): Promise<StemOrFailure> {
  try {
    kernels ??= new Kernels();
    return await hearFile(file, kernels, { signal, ...(onProgress && { onProgress }) });
  } catch (error) {
    return { path: file.path, error: failureOf(error) };
  }
}
