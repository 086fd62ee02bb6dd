// What each thread that masters does: it keeps one kernel instance, and memory for samples, for all files it is given.
import { Kernels } from '@tutti/dsp';
import { SampleMemory } from '@tutti/music/mastering';
import { failureOf } from '../failure.ts';
import { type MasteredFile, type MasterTask, masterFile, type OnMasterProgress } from './master-file.ts';
import { type MeasuredFile, measureFile } from './measure-file.ts';

let kernels: Kernels | undefined;
/** Shared with nobody: V8 does not count memory that could be, and else looks for garbage each time a song of it was taken. */
const memory = new SampleMemory((length) => new Float32Array(new SharedArrayBuffer(4 * length)));

/** Never rejects: what fails comes back as a failure. */
export async function masterTask(
  task: MasterTask,
  signal?: AbortSignal,
  onProgress?: OnMasterProgress,
): Promise<MasteredFile> {
  try {
    kernels ??= new Kernels();
    return await masterFile(task, kernels, { memory, signal, onProgress });
  } catch (error) {
    return { path: task.path, error: failureOf(error) };
  } finally {
    memory.release(0);
  }
}

/**
 * Measures one file; called by its name in a thread.
 * @public
 * @throws as `measureFile`
 */
export function measureTask(path: string): Promise<MeasuredFile> {
  kernels ??= new Kernels();
  return measureFile(path, kernels, { keep: false });
}
