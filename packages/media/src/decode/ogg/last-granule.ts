import type { FileBytes } from '../file-bytes.ts';

/** A page with its header is at most this long, so the last one begins within as many bytes of the end. */
const LONGEST_PAGE = 27 + 255 + 255 * 255;
const CAPTURE = Buffer.from('OggS', 'latin1');

/** Granule position of the last page of the file if it belongs to stream `serial`: the stream's length. */
export async function lastGranule(file: FileBytes, serial: number): Promise<number | undefined> {
  const tail = await file.read(Math.max(0, file.size - LONGEST_PAGE), LONGEST_PAGE);
  for (let at = tail.lastIndexOf(CAPTURE); at >= 0; at = at > 0 ? tail.lastIndexOf(CAPTURE, at - 1) : -1) {
    if (at + 27 > tail.length || tail.readUInt32LE(at + 14) !== serial) continue;
    const granule = Number(tail.readBigInt64LE(at + 6));
    if (granule >= 0) return granule;
  }
  return undefined;
}
