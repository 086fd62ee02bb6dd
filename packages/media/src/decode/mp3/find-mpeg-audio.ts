import type { FileBytes } from '../file-bytes.ts';
import { isSameStream, parseFrameHeader } from './frame-header.ts';

/** How far from the start frames are looked for, in bytes: behind pictures without a tag, or other junk. */
const SEARCH_BYTES = 2 ** 20;

/** Frames in a row that make it MPEG audio. Fewer do at the very start, or when the file ends right behind them. */
const FRAMES_IN_A_ROW = 4;

export interface MpegAudio {
  readonly position: number;
  readonly layer: 1 | 2 | 3 | 'adts';
}

/** Length of the ADTS frame (AAC) at `at`, or 0 (ISO/IEC 13818-7, 6.2). */
function adtsLength(bytes: Uint8Array, at: number): number {
  if (at + 6 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return 0;
  if (((bytes[at + 2]! >> 2) & 15) > 12) return 0;
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  return length > 7 ? length : 0;
}

/** Counts frames that follow one another from `at` on, up to `FRAMES_IN_A_ROW`; the data's end counts as all. */
function countFrames(bytes: Uint8Array, at: number, atEnd: boolean): number {
  const first = parseFrameHeader(bytes, at);
  if (!first || first.bytes === 0) return 0;
  let position = at;
  for (let count = 0; count < FRAMES_IN_A_ROW; count++) {
    const header = parseFrameHeader(bytes, position);
    if (!header || !isSameStream(first, header) || header.bytes === 0) {
      return atEnd && count > 0 && position + 4 > bytes.length ? FRAMES_IN_A_ROW : count;
    }
    position += header.bytes;
  }
  return FRAMES_IN_A_ROW;
}

function countAdts(bytes: Uint8Array, at: number): number {
  let position = at;
  for (let count = 0; count < FRAMES_IN_A_ROW; count++) {
    const length = adtsLength(bytes, position);
    if (length === 0) return count;
    position += length;
  }
  return FRAMES_IN_A_ROW;
}

/** Looks for MPEG audio frames from `start` on; undefined when there are none within the first megabyte. */
export async function findMpegAudio(file: FileBytes, start: number): Promise<MpegAudio | undefined> {
  const bytes = await file.read(start, SEARCH_BYTES);
  const atEnd = start + bytes.length >= file.size;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (countAdts(bytes, at) === FRAMES_IN_A_ROW) return { position: start + at, layer: 'adts' };
    const count = countFrames(bytes, at, atEnd);
    if (count === FRAMES_IN_A_ROW || (at === 0 && count >= 2)) {
      return { position: start + at, layer: parseFrameHeader(bytes, at)!.layer };
    }
  }
  return undefined;
}
