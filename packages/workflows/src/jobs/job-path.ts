import type { JobInput } from '@tutti/contract';
import { type AudioPath, displayPath } from '@tutti/media';

/** The path of the file that is to be analysed, as the system spells it. */
export function jobPath({ path, pathBytes }: JobInput<'analyse'>): AudioPath {
  return pathBytes === undefined ? path : Buffer.from(pathBytes, 'hex');
}

/** What an analysis of a file is asked for with. */
export function inputOfPath(path: AudioPath): JobInput<'analyse'> {
  return typeof path === 'string' ? { path } : { path: displayPath(path), pathBytes: path.toString('hex') };
}
