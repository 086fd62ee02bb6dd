import type { AudioPath } from './decode/file-bytes.ts';

/** A path out of its bytes: a string when they are valid UTF-8, else the bytes. */
export function pathOf(bytes: Buffer): AudioPath {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}

/** The bytes of a path, as the system spells it. */
export function pathBytes(path: AudioPath): Buffer {
  return typeof path === 'string' ? Buffer.from(path, 'utf8') : path;
}
