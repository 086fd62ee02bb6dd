import { type Crew, onThreads } from '../threads.ts';
import type { HashedFile, HashTask } from './hash-worker.ts';

/** Finds out the audio hash of a file. */
export type HashAudio = (path: string) => Promise<string>;

/** Threads that decode files to the end and say which sounds they are. */
export function hashCrew(count: number): Promise<Crew<HashTask, HashedFile>> {
  return onThreads<HashTask, HashedFile>(import.meta.url, 'hash-worker', 'hashTask', count);
}
