import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameTwin } from '../format/mp3-side-info.twin.ts';
import { frameBytes } from './mp3-writer.ts';

/** The frames of an MP3 of the repository, which holds nothing else behind its ID3 tag. */
export function mp3Fixture(name: string): Uint8Array[] {
  const bytes = readFileSync(join(import.meta.dirname, '../../../media/src/fixtures', name));
  const hasTag = bytes.toString('latin1', 0, 3) === 'ID3';
  let at = hasTag ? 10 + bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0) : 0;
  const frames: Uint8Array[] = [];
  while (at + 4 < bytes.length && bytes[at] === 0xff) {
    const third = bytes[at + 2]!;
    const length = frameBytes(frameTwin(bytes.subarray(at)).sampleRate, third >> 4) + ((third >> 1) & 1);
    frames.push(bytes.subarray(at, at + length));
    at += length;
  }
  return frames;
}
