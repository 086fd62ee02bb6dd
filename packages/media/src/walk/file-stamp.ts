import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { AudioPath } from '../decode/file-bytes.ts';
import { displayPath } from '../display-path.ts';
import { toMediaError } from '../errors.ts';

/** By what a file is taken for unchanged. */
export interface FileStamp {
  readonly size: number;
  /** Microseconds since 1970. */
  readonly modifiedUs: number;
}

export function stampOf({ size, mtimeMs }: Stats): FileStamp {
  return { size, modifiedUs: Math.round(mtimeMs * 1000) };
}

/** What a file is at this moment. @throws MediaError 'missing', 'denied' */
export async function fileStamp(path: AudioPath): Promise<FileStamp> {
  try {
    return stampOf(await stat(path));
  } catch (error) {
    throw toMediaError(error, displayPath(path), 'read');
  }
}
