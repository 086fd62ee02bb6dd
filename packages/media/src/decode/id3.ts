import type { FileBytes } from './file-bytes.ts';

/** Tags in a row that are skipped, at most. */
const MAXIMUM_TAGS = 16;

/** A number of four bytes of seven bits each (ID3v2.4, 6.2). */
export function synchsafe(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 2 ** 21 + bytes[at + 1]! * 2 ** 14 + bytes[at + 2]! * 2 ** 7 + bytes[at + 3]!;
}

/** Length of the ID3v2 tag that begins with these ten bytes, footer included; 0 when they begin none (ID3v2.4, 3.1). */
export function id3v2Length(head: Uint8Array): number {
  if (head.length < 10 || head[0] !== 0x49 || head[1] !== 0x44 || head[2] !== 0x33) return 0;
  if (head[3] === 0xff || head[4] === 0xff) return 0;
  if (head.subarray(6, 10).some((byte) => byte > 127)) return 0;
  return 10 + synchsafe(head, 6) + (head[5]! & 0x10 ? 10 : 0);
}

/** File position behind the ID3v2 tags at the start, but for one that claims to be longer than the file. */
export async function skipId3v2(file: FileBytes): Promise<number> {
  let position = 0;
  for (let tag = 0; tag < MAXIMUM_TAGS; tag++) {
    const length = id3v2Length(await file.read(position, 10));
    if (length === 0) return position;
    if (position + length >= file.size) return position;
    position += length;
  }
  return position;
}
